package dynamo

import (
	"context"
	"errors"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

type sessionItem struct {
	Hash      csdn.SessionHash `dynamodbav:"hash"`
	Account   csdn.AccountID   `dynamodbav:"account"`
	Subject   string           `dynamodbav:"subject"`
	CreatedAt instant          `dynamodbav:"createdAt"`
	Until     instant          `dynamodbav:"until"`
	ExpiresAt int64            `dynamodbav:"expiresAt"` // in seconds of Unix time, for the time to live
}

func (i sessionItem) session() csdn.Session {
	return csdn.Session{Hash: i.Hash, Account: i.Account, Subject: i.Subject, CreatedAt: i.CreatedAt.Time, ExpiresAt: i.Until.Time}
}

// Session implements csdn.SessionStore.
func (d People) Session(ctx context.Context, hash csdn.SessionHash) (csdn.Session, error) {
	item, err := get[sessionItem](ctx, d.table(), sessionKey(hash))
	if err != nil {
		return csdn.Session{}, fmt.Errorf("read a session: %w", err)
	}
	return item.session(), nil
}

// PutSession implements csdn.SessionStore.
func (d People) PutSession(ctx context.Context, s csdn.Session) error {
	var w transaction
	item := sessionItem{
		Hash: s.Hash, Account: s.Account, Subject: s.Subject, CreatedAt: instant{s.CreatedAt}, Until: instant{s.ExpiresAt}, ExpiresAt: s.ExpiresAt.Unix(),
	}
	taken := csdn.Errorf(csdn.Conflict, "There is such a session already.")
	w.put(d.Table, sessionKey(s.Hash), item, missing(), taken)
	w.put(d.Table, ownSessionKey(s.Account, s.Hash), item, missing(), taken)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("begin a session of account %s: %w", s.Account, err)
	}
	return nil
}

// DeleteSession implements csdn.SessionStore.
func (d People) DeleteSession(ctx context.Context, hash csdn.SessionHash) error {
	s, err := d.Session(ctx, hash)
	if errors.Is(err, csdn.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var w transaction
	w.drop(d.Table, sessionKey(hash))
	w.drop(d.Table, ownSessionKey(s.Account, hash))
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}
