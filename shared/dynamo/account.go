package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
)

type accountItem struct {
	ID           csdn.AccountID      `dynamodbav:"id"`
	Email        string              `dynamodbav:"email,omitempty"`
	Role         csdn.Role           `dynamodbav:"role"`
	Organisation csdn.OrganisationID `dynamodbav:"organisation,omitempty"`
	Subject      string              `dynamodbav:"subject,omitempty"`
	Inactive     bool                `dynamodbav:"inactive,omitempty"`
	MovedBy      []csdn.MergerID     `dynamodbav:"movedBy,omitempty"`
	CreatedAt    instant             `dynamodbav:"createdAt,omitempty"`
	UpdatedAt    instant             `dynamodbav:"updatedAt,omitempty"`
	Version      csdn.Version        `dynamodbav:"version"`
}

func newAccountItem(a csdn.Account) accountItem {
	return accountItem{
		ID: a.ID, Email: a.Email, Role: a.Role, Organisation: a.Organisation, Subject: a.Subject, Inactive: a.Inactive,
		MovedBy: a.MovedBy, CreatedAt: instant{a.CreatedAt}, UpdatedAt: instant{a.UpdatedAt}, Version: a.Version,
	}
}

func (i accountItem) account() csdn.Account {
	return csdn.Account{
		ID: i.ID, Email: i.Email, Role: i.Role, Organisation: i.Organisation, Subject: i.Subject, Inactive: i.Inactive,
		MovedBy: i.MovedBy, CreatedAt: i.CreatedAt.Time, UpdatedAt: i.UpdatedAt.Time, Version: i.Version,
	}
}

// Accounts implements csdn.AccountStore.
func (d People) Accounts(ctx context.Context) ([]csdn.Account, error) {
	found, err := list[accountItem](ctx, d.table(), beginning(accountsPartition, accountPrefix))
	if err != nil {
		return nil, fmt.Errorf("read the accounts: %w", err)
	}
	return mapped(found, accountItem.account), nil
}

// Account implements csdn.AccountStore.
func (d People) Account(ctx context.Context, id csdn.AccountID) (csdn.Account, error) {
	item, err := get[accountItem](ctx, d.table(), accountKey(id))
	if err != nil {
		return csdn.Account{}, fmt.Errorf("read account %s: %w", id, err)
	}
	return item.account(), nil
}

// AccountByEmail implements csdn.AccountStore.
func (d People) AccountByEmail(ctx context.Context, email string) (csdn.Account, error) {
	return d.accountBy(ctx, accountEmailKey(email), func(a csdn.Account) bool { return a.Email == email })
}

// AccountBySubject implements csdn.AccountStore.
func (d People) AccountBySubject(ctx context.Context, subject string) (csdn.Account, error) {
	return d.accountBy(ctx, accountSubjectKey(subject), func(a csdn.Account) bool { return a.Subject == subject })
}

// accountBy returns the account that a name is reserved for, if it still has the name: between the two readings it may
// have been given up.
func (d People) accountBy(ctx context.Context, k key, has func(csdn.Account) bool) (csdn.Account, error) {
	owner, err := d.table().owner(ctx, k)
	if err != nil {
		return csdn.Account{}, fmt.Errorf("find an account: %w", err)
	}
	a, err := d.Account(ctx, csdn.AccountID(owner))
	if err != nil {
		return csdn.Account{}, err
	}
	if !has(a) {
		return csdn.Account{}, fmt.Errorf("find an account: %w", absent())
	}
	return a, nil
}

// PutAccount implements csdn.AccountStore.
func (d People) PutAccount(ctx context.Context, before, a csdn.Account, change csdn.Change) error {
	var w transaction
	d.putAccount(&w, before, a)
	w.record(d.Table, accountChangeKey(a.ID, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write account %s: %w", a.ID, err)
	}
	return nil
}

// WriteAccount implements csdn.AccountStore.
func (d People) WriteAccount(ctx context.Context, write csdn.AccountWrite) error {
	var w transaction
	id, by := write.After.ID, write.Change.By
	if by != id {
		w.check(d.Table, accountKey(by), keeping(), shutOut())
	}
	d.putAccount(&w, write.Before, write.After)
	if write.Forgotten != nil {
		d.forget(&w, *write.Forgotten)
	}
	w.record(d.Table, accountChangeKey(id, write.Change.ID), write.Change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write account %s: %w", id, err)
	}
	return nil
}

func shutOut() error {
	return csdn.Errorf(csdn.Conflict, "Your account is no longer an active one of the secretariat.")
}

// keeping is the condition that an account keeps accounts (csdn.Account.Keeps).
func keeping() expression.ConditionBuilder {
	return expression.Name("role").Equal(expression.Value(csdn.SecretariatRole)).And(active())
}

// active is the condition that an account exists and may act.
func active() expression.ConditionBuilder {
	return existing().And(expression.Name("inactive").AttributeNotExists())
}

func (d People) putAccount(w *transaction, before, a csdn.Account) {
	w.put(d.Table, accountKey(a.ID), newAccountItem(a), next(a.Version), stale())
	w.reserve(d.Table, string(a.ID), before.Email, a.Email, accountEmailKey, emailTaken("account"))
	w.reserve(d.Table, string(a.ID), before.Subject, a.Subject, accountSubjectKey,
		csdn.Errorf(csdn.Conflict, "This sign-in is bound to another account."))
}
