package machine

import (
	"net/http"
	"time"

	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/template"
)

// guard stands before the tables for the functions, which may do there what their policies allow, and returns its URL.
func (m *Machine) guard(read template.Template) (string, error) {
	guard, err := iam.NewDynamoDB(m.Roles, read.Tables, m.Endpoint)
	if err != nil {
		return "", err
	}
	listener, url, err := listen("127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: guard, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	m.stops = append(m.stops, func() {
		_ = server.Close()
		guard.Close()
	})
	return url, nil
}

// environment points the AWS SDK of a child process at the local parts.
func (m *Machine) environment() map[string]string {
	return map[string]string{
		"AWS_REGION":                template.Region,
		"AWS_DEFAULT_REGION":        template.Region,
		"AWS_ENDPOINT_URL_DYNAMODB": m.Endpoint,
		"AWS_ENDPOINT_URL_SESV2":    m.URL + mailPrefix,
		"AWS_ENDPOINT_URL_S3":       m.URL + inboxPrefix,
	}
}
