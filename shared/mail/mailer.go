package mail

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/aws/smithy-go"

	"csdn.example/directory/shared/csdn"
)

// Mailer writes and sends the letters of the network. From is the bare address that they come from, which is also the
// organiser's in calendars; PublicURL is the address of the directory, without a slash at the end. Events is the configuration set of
// the mail service that letters are sent with, so that it tells of those that come back.
type Mailer struct {
	Client    *sesv2.Client
	From      string
	PublicURL string
	Events    string
}

var (
	_ csdn.Post      = Mailer{}
	_ csdn.Calendars = Mailer{}
)

// again is how long to wait before a letter that the service could not take is sent again.
const again = 30 * time.Second

// Send implements csdn.Post. Other errors than Unavailable mean that the letter cannot be written, or that the service
// refused it and will go on doing so.
func (m Mailer) Send(ctx context.Context, letter csdn.Letter) error {
	raw, err := m.Compose(letter)
	if err != nil {
		return err
	}
	return m.post(ctx, letter.ID, letter.Person.Email, raw)
}

// SendRenewal implements csdn.Post, as Send does.
func (m Mailer) SendRenewal(ctx context.Context, letter csdn.RenewalLetter) error {
	raw, err := m.ComposeRenewal(letter)
	if err != nil {
		return err
	}
	return m.post(ctx, letter.ID, letter.To, raw)
}

func (m Mailer) post(ctx context.Context, id csdn.DeliveryID, to string, raw []byte) error {
	_, err := m.Client.SendEmail(ctx, &sesv2.SendEmailInput{
		FromEmailAddress: aws.String(m.From), ConfigurationSetName: aws.String(m.Events),
		Destination: &types.Destination{ToAddresses: []string{to}},
		Content:     &types.EmailContent{Raw: &types.RawMessage{Data: raw}},
	})
	if err != nil {
		return refusal(id, err)
	}
	return nil
}

// refusal classifies an error of the service. Of what the service answered only the code is kept, as its texts name
// addresses and errors are logged.
func refusal(id csdn.DeliveryID, err error) error {
	cause := err
	var answer smithy.APIError
	if errors.As(err, &answer) {
		cause = errors.New(answer.ErrorCode())
	}
	cause = fmt.Errorf("send delivery %s: %w", id, cause)
	if lasting(err) {
		return cause
	}
	return &csdn.Error{
		Kind: csdn.Unavailable, Message: "The mail service takes no message just now; it may be tried again.",
		RetryAfter: again, Cause: cause,
	}
}

// lasting reports whether the service answered, and the answer is none of those that pass by the SDK's own account: a limit
// exceeded, a fault of the service.
func lasting(err error) bool {
	var answer smithy.APIError
	passing := retry.IsErrorRetryables(retry.DefaultRetryables)
	return errors.As(err, &answer) && passing.IsErrorRetryable(err) != aws.TrueTernary
}

// bare returns a bare address (RFC 5322, addr-spec) if it is one that can be written to, and Invalid otherwise.
func bare(address string) (*mail.Address, error) {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return nil, csdn.Errorf(csdn.Invalid, "is not an e-mail address that can be written to")
	}
	return parsed, nil
}
