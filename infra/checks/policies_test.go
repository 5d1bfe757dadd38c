package checks

import (
	"slices"
	"strings"
	"testing"
)

// TestPoliciesNameWhatTheyGrant: no action and no resource stands for others, save the objects of a bucket, whose names nobody
// knows beforehand.
func TestPoliciesNameWhatTheyGrant(t *testing.T) {
	for _, f := range readTemplate(t).Functions {
		if len(f.Policies) == 0 {
			t.Errorf("%s has no policies", f.ID)
		}
		for _, statement := range f.Policies {
			for _, action := range statement.Actions {
				if strings.Contains(action, "*") {
					t.Errorf("%s may do %s", f.ID, action)
				}
			}
			for _, resource := range statement.Resources {
				objects := strings.HasPrefix(resource, "arn:aws:s3:::") && strings.HasSuffix(resource, "/*")
				if strings.Contains(strings.TrimSuffix(resource, "/*"), "*") || strings.HasSuffix(resource, "*") && !objects {
					t.Errorf("%s may do something on %s", f.ID, resource)
				}
			}
		}
	}
}

// TestEveryGrantCanBeShown: whatever the policies grant is of a service that the local machine stands in for and whose calls it
// checks, so that the end-to-end tests can show that it is needed. What no part of this computer can show is not in the policies:
// SAM itself lets a function write its log and its traces, and read the stream that invokes it.
func TestEveryGrantCanBeShown(t *testing.T) {
	checked := []string{"dynamodb", "kms", "s3", "ses", "sqs"}
	for _, f := range readTemplate(t).Functions {
		for _, statement := range f.Policies {
			for _, action := range statement.Actions {
				if service, _, _ := strings.Cut(action, ":"); !slices.Contains(checked, service) {
					t.Errorf("%s may do %s, which nothing here can show to be needed", f.ID, action)
				}
			}
		}
	}
}
