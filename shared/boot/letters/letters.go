// Package letters opens the mail service for the functions that write or send letters. It stands beside boot, so that
// no other function links the mail libraries, which start slowly.
package letters

import (
	"github.com/aws/aws-sdk-go-v2/service/sesv2"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/mail"
)

// Mailer sends letters.
func Mailer(e *boot.Environment) mail.Mailer {
	mailer := Writer(e)
	mailer.Events = e.Text("MAIL_EVENTS")
	mailer.Client = sesv2.New(sesv2.Options{
		Region: e.Text("AWS_REGION"), Credentials: e.Credentials(), HTTPClient: e.HTTPClient(),
		BaseEndpoint: e.Endpoint("AWS_ENDPOINT_URL_SESV2"),
	})
	return mailer
}

// Writer writes letters and calendar entries, and sends nothing.
func Writer(e *boot.Environment) mail.Mailer {
	return mail.Mailer{From: e.Text("MAIL_FROM"), PublicURL: e.Text("PUBLIC_URL")}
}
