package iam

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"csdn.example/directory/infra/local/template"
)

// DynamoDB stands before a DynamoDB and lets through what the roles allow.
type DynamoDB struct {
	roles     *Roles
	keys      map[string]string // the ARN of the key that each table is encrypted with
	to        *url.URL
	transport *http.Transport
}

// NewDynamoDB stands before the DynamoDB at the endpoint.
func NewDynamoDB(roles *Roles, tables []template.Table, endpoint string) (*DynamoDB, error) {
	to, err := url.Parse(endpoint)
	if err != nil {
		return nil, fmt.Errorf("read the endpoint of DynamoDB: %w", err)
	}
	d := &DynamoDB{
		roles: roles, keys: map[string]string{}, to: to,
		transport: &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true},
	}
	for _, table := range tables {
		d.keys[table.Name] = table.EncryptionKey
	}
	return d, nil
}

// ServeHTTP passes a request on, or refuses it with AccessDeniedException. A connection that breaks behind it breaks before it.
func (d *DynamoDB) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	calls, err := d.calls(r.Header.Get("X-Amz-Target"), body)
	if err == nil {
		err = d.roles.CheckRequest(r, calls...)
	}
	if err != nil {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.WriteHeader(http.StatusBadRequest)
		// The caller has gone if this fails.
		_ = json.NewEncoder(w).Encode(map[string]string{
			"__type": "com.amazon.coral.service#AccessDeniedException", "Message": err.Error(),
		})
		return
	}
	target := *r.URL
	target.Scheme, target.Host = d.to.Scheme, d.to.Host
	forward, err := http.NewRequestWithContext(r.Context(), r.Method, target.String(), bytes.NewReader(body))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	forward.Header = r.Header
	response, err := d.transport.RoundTrip(forward)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer response.Body.Close()
	maps.Copy(w.Header(), response.Header)
	w.WriteHeader(response.StatusCode)
	if _, err := io.Copy(w, response.Body); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// Close lets go of the connections.
func (d *DynamoDB) Close() { d.transport.CloseIdleConnections() }

// single are the actions that the parts of a transaction count as.
var single = map[string]string{
	"Get": "GetItem", "Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem",
}

// calls returns what a request needs to be allowed: each of its actions on the table or, if it reads one, on the index alone;
// and to read or write an encrypted table, to decrypt by its key.
func (d *DynamoDB) calls(target string, body []byte) ([]Call, error) {
	_, operation, _ := strings.Cut(target, ".")
	var request struct {
		TableName, IndexName string
		RequestItems         map[string]json.RawMessage
		TransactItems        []map[string]struct{ TableName string }
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, fmt.Errorf("the request is not understood: %w", err)
	}
	var calls []Call
	need := func(action, table, index string) {
		resource := "table/" + table
		if index != "" {
			resource += "/index/" + index
		}
		calls = append(calls, Call{"dynamodb:" + action, template.ARN("dynamodb", resource)})
		if key := d.keys[table]; key != "" {
			calls = append(calls, Call{"kms:Decrypt", key})
		}
	}
	switch {
	case request.RequestItems != nil:
		for table := range request.RequestItems {
			need(operation, table, "")
		}
	case request.TransactItems != nil:
		for _, item := range request.TransactItems {
			for part, of := range item {
				need(single[part], of.TableName, "")
			}
		}
	default:
		need(operation, request.TableName, request.IndexName)
	}
	return calls, nil
}
