package mail

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

// post is the body of SESv2's SendEmail (POST /v2/email/outbound-emails), as far as the mailer fills it.
type post struct {
	FromEmailAddress, ConfigurationSetName string
	Destination                            struct{ ToAddresses []string }
	Content                                struct{ Raw struct{ Data []byte } }
}

// service answers like SESv2 with the status and the error code, and keeps what it is sent.
type service struct {
	status int
	code   string
	got    []post
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body post
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&body); err != nil || r.Method != http.MethodPost || r.URL.Path != "/v2/email/outbound-emails" {
		http.Error(w, "not a SendEmail", http.StatusNotFound)
		return
	}
	s.got = append(s.got, body)
	w.Header().Set("Content-Type", "application/json")
	if s.code != "" {
		w.Header().Set("X-Amzn-ErrorType", s.code)
		w.WriteHeader(s.status)
		_ = json.NewEncoder(w).Encode(map[string]string{"message": "Email address is not verified: amina@peace.example"})
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]string{"MessageId": "0100"})
}

func client(address string) *sesv2.Client {
	return sesv2.New(sesv2.Options{
		Region: "eu-west-1", BaseEndpoint: aws.String(address), RetryMaxAttempts: 1,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "id", SecretAccessKey: "secret"}, nil
		}),
	})
}

func TestSendHandsTheComposedMessageToTheService(t *testing.T) {
	s := &service{}
	server := httptest.NewServer(s)
	defer server.Close()
	m := mailer()
	m.Client = client(server.URL)
	letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
	if err := m.Send(t.Context(), letter); err != nil {
		t.Fatalf("Send: %v", err)
	}
	var want post
	want.FromEmailAddress, want.ConfigurationSetName = "csdn@network.example", "letters"
	want.Destination.ToAddresses = []string{"amina@peace.example"}
	raw, err := m.Compose(letter)
	if err != nil {
		t.Fatal(err)
	}
	want.Content.Raw.Data = raw
	if diff := cmp.Diff([]post{want}, s.got); diff != "" {
		t.Errorf("the service got (-want +got):\n%s", diff)
	}
}

func TestSendTellsWhatMayBeTriedAgain(t *testing.T) {
	tests := []struct {
		name   string
		status int
		code   string
		again  bool
	}{
		{"rate exceeded", http.StatusTooManyRequests, "TooManyRequestsException", true},
		{"quota used up", http.StatusBadRequest, "LimitExceededException", true},
		{"throttled by the gateway", http.StatusBadRequest, "ThrottlingException", true},
		{"broken service", http.StatusInternalServerError, "InternalFailure", true},
		{"overloaded service", http.StatusServiceUnavailable, "ServiceUnavailable", true},
		{"rejected", http.StatusBadRequest, "MessageRejected", false},
		{"sender not verified", http.StatusBadRequest, "MailFromDomainNotVerifiedException", false},
		{"not allowed", http.StatusForbidden, "AccessDeniedException", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(&service{status: test.status, code: test.code})
			defer server.Close()
			m := mailer()
			m.Client = client(server.URL)
			letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
			err := m.Send(t.Context(), letter)
			if err == nil || errors.Is(err, csdn.Unavailable) != test.again {
				t.Errorf("Send: %v; to be tried again: %t, want %t", err, errors.Is(err, csdn.Unavailable), test.again)
			}
			if !strings.Contains(err.Error(), test.code) || !strings.Contains(err.Error(), string(letter.ID)) {
				t.Errorf("Send: %v; want the code of the service and the delivery's id", err)
			}
			if strings.Contains(err.Error(), "amina") {
				t.Errorf("Send: %v; the error, which is logged, holds the address", err)
			}
		})
	}
}

func TestSendMayBeTriedAgainWhenTheServiceIsOutOfReach(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	m := mailer()
	m.Client = client(server.URL)
	server.Close()
	err := m.Send(t.Context(), hybrid(t, csdn.InvitationMessage, csdn.Invited, "en"))
	if !errors.Is(err, csdn.Unavailable) {
		t.Errorf("Send: %v, want %v", err, csdn.Unavailable)
	}
}

func TestALetterThatCannotBeWrittenIsNotSent(t *testing.T) {
	s := &service{}
	server := httptest.NewServer(s)
	defer server.Close()
	m := mailer()
	m.Client = client(server.URL)
	letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
	letter.Person.Email = "amina@peace.example, spy@evil.example"
	if err := m.Send(t.Context(), letter); !errors.Is(err, csdn.Invalid) || len(s.got) != 0 {
		t.Errorf("Send: %v with %d messages sent, want %v and none", err, len(s.got), csdn.Invalid)
	}
}
