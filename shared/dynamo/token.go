package dynamo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// keyringItem says which tokens an account has. ExpiresAt is the Unix time after which the table forgets it: at that time no token
// of it need be known any more. An empty one is kept, for its version.
type keyringItem struct {
	Hashes    []csdn.TokenHash `dynamodbav:"hashes,omitempty"`
	Version   csdn.Version     `dynamodbav:"version"`
	ExpiresAt int64            `dynamodbav:"expiresAt,omitempty"`
}

// tokenItem is a token under its hash, where the authorizer finds it.
type tokenItem struct {
	ID         csdn.TokenID   `dynamodbav:"id"`
	Account    csdn.AccountID `dynamodbav:"account"`
	Hash       csdn.TokenHash `dynamodbav:"hash"`
	Name       string         `dynamodbav:"name"`
	Scope      csdn.Scope     `dynamodbav:"scope"`
	CreatedAt  instant        `dynamodbav:"createdAt"`
	GoodUntil  instant        `dynamodbav:"goodUntil"`
	LastUsedAt instant        `dynamodbav:"lastUsedAt,omitempty"`
	ExpiresAt  int64          `dynamodbav:"expiresAt"` // Unix time, after which the table forgets it
}

func newTokenItem(t csdn.Token) tokenItem {
	return tokenItem{
		ID: t.ID, Account: t.Account, Hash: t.Hash, Name: t.Name, Scope: t.Scope, CreatedAt: instant{t.CreatedAt},
		GoodUntil: instant{t.ExpiresAt}, LastUsedAt: instant{t.LastUsedAt}, ExpiresAt: t.ForgetAt().Unix(),
	}
}

func (i tokenItem) token() csdn.Token {
	return csdn.Token{
		ID: i.ID, Account: i.Account, Hash: i.Hash, Name: i.Name, Scope: i.Scope, CreatedAt: i.CreatedAt.Time,
		ExpiresAt: i.GoodUntil.Time, LastUsedAt: i.LastUsedAt.Time,
	}
}

// Keyring implements csdn.TokenStore.
func (d People) Keyring(ctx context.Context, account csdn.AccountID) (csdn.Keyring, error) {
	item, err := get[keyringItem](ctx, d.table(), keyringKey(account))
	if errors.Is(err, csdn.NotFound) {
		return csdn.Keyring{Account: account}, nil
	}
	if err != nil {
		return csdn.Keyring{}, fmt.Errorf("read the tokens of account %s: %w", account, err)
	}
	found, err := batch[tokenItem](ctx, d.table(), mapped(item.Hashes, tokenKey), true)
	if err != nil {
		return csdn.Keyring{}, fmt.Errorf("read the tokens of account %s: %w", account, err)
	}
	return csdn.Keyring{Account: account, Tokens: mapped(found, tokenItem.token), Version: item.Version}, nil
}

// PutKeyring implements csdn.TokenStore.
func (d People) PutKeyring(ctx context.Context, before, k csdn.Keyring, change csdn.Change) error {
	var w transaction
	item := keyringItem{Hashes: hashes(k), Version: k.Version}
	if last := k.ForgetAt(); !last.IsZero() {
		item.ExpiresAt = last.Unix()
	}
	w.check(d.Table, accountKey(k.Account), active(), csdn.Errorf(csdn.Conflict, "Your account is no longer active."))
	w.put(d.Table, keyringKey(k.Account), item, next(k.Version), stale())
	known := hashes(before)
	for _, t := range k.Tokens {
		if !slices.Contains(known, t.Hash) {
			w.put(d.Table, tokenKey(t.Hash), newTokenItem(t), missing(), csdn.Errorf(csdn.Conflict, "There is such a token already."))
		}
	}
	for _, hash := range known {
		if !slices.Contains(item.Hashes, hash) {
			d.forgetToken(&w, k.Account, hash)
		}
	}
	w.record(d.Table, accountChangeKey(k.Account, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write the tokens of account %s: %w", k.Account, err)
	}
	return nil
}

// forget removes a keyring with its tokens.
func (d People) forget(w *transaction, k csdn.Keyring) {
	if k.Version == 0 {
		w.check(d.Table, keyringKey(k.Account), missing(), stale())
		return
	}
	w.remove(d.Table, keyringKey(k.Account), present(k.Version), stale())
	for _, hash := range hashes(k) {
		d.forgetToken(w, k.Account, hash)
	}
}

// forgetToken removes a token, which the table may have forgotten already.
func (d People) forgetToken(w *transaction, account csdn.AccountID, hash csdn.TokenHash) {
	own := expression.Name("account").Equal(expression.Value(account))
	w.remove(d.Table, tokenKey(hash), own.Or(missing()), stale())
}

func hashes(k csdn.Keyring) []csdn.TokenHash {
	return mapped(k.Tokens, func(t csdn.Token) csdn.TokenHash { return t.Hash })
}

// TokenByHash implements csdn.TokenStore.
func (d People) TokenByHash(ctx context.Context, hash csdn.TokenHash) (csdn.Token, error) {
	item, err := get[tokenItem](ctx, d.table(), tokenKey(hash))
	if err != nil {
		return csdn.Token{}, fmt.Errorf("find a token: %w", err)
	}
	return item.token(), nil
}

// MarkToken implements csdn.TokenStore.
func (d People) MarkToken(ctx context.Context, hash csdn.TokenHash, at time.Time) error {
	built, err := expression.NewBuilder().WithCondition(existing()).WithUpdate(
		expression.Set(expression.Name("lastUsedAt"), expression.Value(instant{at})),
	).Build()
	if err != nil {
		return fmt.Errorf("build an update: %w", err)
	}
	_, err = d.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &d.Table, Key: tokenKey(hash).attributes(), UpdateExpression: built.Update(), ConditionExpression: built.Condition(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
	})
	var gone *types.ConditionalCheckFailedException
	if errors.As(err, &gone) {
		return absent()
	}
	if err != nil {
		return fmt.Errorf("note the use of a token: %w", classify(err))
	}
	return nil
}
