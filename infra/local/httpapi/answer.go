package httpapi

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// write writes out a function's answer: a response of format 2.0, or any other JSON as the body of a 200.
func write(w http.ResponseWriter, r *http.Request, payload []byte) error {
	response, err := read(payload)
	if err != nil {
		return err
	}
	body := []byte(response.Body)
	if response.IsBase64Encoded {
		if body, err = base64.StdEncoding.DecodeString(response.Body); err != nil {
			return fmt.Errorf("the function's answer is not in Base64: %w", err)
		}
	}
	header := w.Header()
	for name, value := range response.Headers {
		if !strings.HasPrefix(http.CanonicalHeaderKey(name), "Access-Control-") { // which the gateway alone says
			header.Set(name, value)
		}
	}
	for name, values := range response.MultiValueHeaders {
		for _, value := range values {
			header.Add(name, value)
		}
	}
	for _, cookie := range response.Cookies {
		header.Add("Set-Cookie", cookie)
	}
	// Connections are the gateway's own, as is the length of a body that it writes.
	for _, name := range []string{"Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Trailer"} {
		header.Del(name)
	}
	if r.Method != http.MethodHead {
		header.Del("Content-Length")
	}
	if header.Get("Content-Type") == "" && len(body) > 0 {
		header.Set("Content-Type", "text/plain; charset=utf-8")
	}
	w.WriteHeader(response.StatusCode)
	// The client has gone if this fails, or the status allows no body.
	_, _ = w.Write(body)
	return nil
}

func read(payload []byte) (events.APIGatewayV2HTTPResponse, error) {
	var answer struct {
		events.APIGatewayV2HTTPResponse
		StatusCode *int `json:"statusCode"`
	}
	err := json.Unmarshal(payload, &answer)
	if broken := new(json.SyntaxError); errors.As(err, &broken) {
		return events.APIGatewayV2HTTPResponse{}, errors.New("the function's answer is not JSON")
	}
	if answer.StatusCode == nil {
		return events.APIGatewayV2HTTPResponse{
			StatusCode: http.StatusOK,
			Headers:    map[string]string{"Content-Type": "application/json"},
			Body:       strings.TrimSpace(string(payload)),
		}, nil
	}
	response := answer.APIGatewayV2HTTPResponse
	response.StatusCode = *answer.StatusCode
	if err != nil {
		return response, errors.New("the function's answer is not of format 2.0")
	}
	if response.StatusCode < 200 || response.StatusCode > 599 {
		return response, errors.New("the function's answer has no HTTP status")
	}
	return response, nil
}
