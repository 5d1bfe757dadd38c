package template_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"csdn.example/directory/infra/local/template"

	"github.com/google/go-cmp/cmp"
)

const guarded = `
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !Ref Key }
  Key: { Type: AWS::KMS::Key }
  Replies: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub "replies-${AWS::AccountId}" } }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: provided.al2023
      CodeUri: functions/function/
      Policies:
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: [dynamodb:GetItem, dynamodb:Query]
              Resource: [!GetAtt Table.Arn, !Sub "${Table.Arn}/index/feed"]
            - { Sid: Key, Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn }
`

func readText(t *testing.T, text string) (template.Template, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "template.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return template.Read(path, nil)
}

func TestPolicies(t *testing.T) {
	read, err := readText(t, guarded)
	if err != nil {
		t.Fatal(err)
	}
	const table, key = "arn:aws:dynamodb:eu-central-1:000000000000:table/Table", "arn:aws:kms:eu-central-1:000000000000:key/Key"
	want := []template.Statement{
		{Actions: []string{"dynamodb:GetItem", "dynamodb:Query"}, Resources: []string{table, table + "/index/feed"}},
		{Actions: []string{"kms:Decrypt"}, Resources: []string{key}},
	}
	if diff := cmp.Diff(want, read.Functions[0].Policies); diff != "" {
		t.Errorf("policies (-want +got):\n%s", diff)
	}
	if got := read.Tables[0].EncryptionKey; got != key {
		t.Errorf("the table is encrypted with %s", got)
	}
	if diff := cmp.Diff([]template.S3Bucket{{ID: "Replies", DeployedName: "replies-000000000000"}}, read.Buckets); diff != "" {
		t.Errorf("buckets (-want +got):\n%s", diff)
	}
}

func TestPoliciesRefused(t *testing.T) {
	cases := []struct{ name, old, new, want string }{
		{"a managed policy", `Version: "2012-10-17"`, "AWSLambdaExecute\n        - Statement: []\n          Version: x", "policies that are written out alone"},
		{"what denies", "Sid: Key, Effect: Allow", "Sid: Key, Effect: Deny", "statements that allow alone"},
		{"a condition", "Sid: Key,", "Condition: x,", "the statement has Condition"},
		{"no action", "Action: kms:Decrypt", "Action: []", "names no action"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := readText(t, strings.Replace(guarded, c.old, c.new, 1)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one with %q", err, c.want)
			}
		})
	}
}
