package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

type sessionItem struct {
	Hash      csdn.SessionHash `dynamodbav:"hash"`
	Account   csdn.AccountID   `dynamodbav:"account"`
	Subject   string           `dynamodbav:"subject"`
	CreatedAt instant          `dynamodbav:"createdAt"`
	Until     instant          `dynamodbav:"until"`
	ExpiresAt int64            `dynamodbav:"expiresAt"` // in seconds of Unix time, for the time to live
}

// Session implements csdn.SessionStore.
func (d People) Session(ctx context.Context, hash csdn.SessionHash) (csdn.Session, error) {
	item, err := get[sessionItem](ctx, d.table(), sessionKey(hash))
	if err != nil {
		return csdn.Session{}, fmt.Errorf("read a session: %w", err)
	}
	return csdn.Session{Hash: item.Hash, Account: item.Account, Subject: item.Subject, CreatedAt: item.CreatedAt.Time, ExpiresAt: item.Until.Time}, nil
}

// PutSession implements csdn.SessionStore.
func (d People) PutSession(ctx context.Context, s csdn.Session) error {
	var w transaction
	item := sessionItem{
		Hash: s.Hash, Account: s.Account, Subject: s.Subject, CreatedAt: instant{s.CreatedAt}, Until: instant{s.ExpiresAt}, ExpiresAt: s.ExpiresAt.Unix(),
	}
	w.put(d.Table, sessionKey(s.Hash), item, missing(), csdn.Errorf(csdn.Conflict, "There is such a session already."))
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("begin a session of account %s: %w", s.Account, err)
	}
	return nil
}

// DeleteSession implements csdn.SessionStore.
func (d People) DeleteSession(ctx context.Context, hash csdn.SessionHash) error {
	_, err := d.Client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &d.Table, Key: sessionKey(hash).attributes()})
	if err != nil {
		return fmt.Errorf("end a session: %w", classify(err))
	}
	return nil
}
