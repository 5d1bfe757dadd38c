package credential

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"

	"golang.org/x/oauth2"

	"csdn.example/directory/shared/csdn"
)

// SignIn takes people to the issuer and back: the authorization code flow with PKCE (RFC 6749, RFC 7636; OpenID Connect Core
// 1.0, section 3.1). It is for concurrent use and must not be copied.
type SignIn struct {
	Issuer    *Issuer
	Discovery string // the address of the issuer's configuration (OpenID Connect Discovery 1.0, section 4)
	Return    string // the address to which the issuer sends people back

	lock     sync.Mutex
	endpoint oauth2.Endpoint
}

// Begin returns the address at the issuer to which a browser is sent. What it shows there comes back with state, and only to
// the browser that keeps the verifier; nonce ties the token to it.
func (s *SignIn) Begin(ctx context.Context, state, nonce, verifier string) (string, error) {
	config, err := s.config(ctx)
	if err != nil {
		return "", err
	}
	return config.AuthCodeURL(state, oauth2.SetAuthURLParam("nonce", nonce), oauth2.S256ChallengeOption(verifier)), nil
}

// Finish exchanges the code for what the issuer says of who signed in. Unauthenticated when the issuer refuses the code, or its
// token is not one to trust or was made for another nonce.
func (s *SignIn) Finish(ctx context.Context, code, nonce, verifier string) (csdn.Claims, error) {
	claims, err := s.exchange(ctx, code, nonce, verifier)
	if errors.Is(err, ErrRefused) {
		return csdn.Claims{}, &csdn.Error{Kind: csdn.Unauthenticated, Message: "The sign-in was not finished. Begin again.", Cause: err}
	}
	return claims, err
}

func (s *SignIn) exchange(ctx context.Context, code, nonce, verifier string) (csdn.Claims, error) {
	config, err := s.config(ctx)
	if err != nil {
		return csdn.Claims{}, err
	}
	token, err := config.Exchange(context.WithValue(ctx, oauth2.HTTPClient, s.Issuer.Client), code, oauth2.VerifierOption(verifier))
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return csdn.Claims{}, fmt.Errorf("%w: the issuer answers %q", ErrRefused, refused.ErrorCode)
	}
	if err != nil {
		return csdn.Claims{}, fmt.Errorf("exchange a code: %w", err)
	}
	identity, _ := token.Extra("id_token").(string)
	return s.Issuer.VerifyIdentity(ctx, identity, nonce)
}

// config returns how to speak with the issuer, which is asked once where.
func (s *SignIn) config(ctx context.Context) (*oauth2.Config, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.endpoint.AuthURL == "" {
		endpoint, err := s.discover(ctx)
		if err != nil {
			return nil, err
		}
		s.endpoint = endpoint
	}
	return &oauth2.Config{ClientID: s.Issuer.Audience, Endpoint: s.endpoint, RedirectURL: s.Return, Scopes: []string{"openid", "email"}}, nil
}

func (s *SignIn) discover(ctx context.Context) (oauth2.Endpoint, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Discovery, nil)
	if err != nil {
		return oauth2.Endpoint{}, fmt.Errorf("ask the issuer for its configuration: %w", err)
	}
	answer, err := s.Issuer.Client.Do(request)
	if err != nil {
		return oauth2.Endpoint{}, fmt.Errorf("ask the issuer for its configuration: %w", err)
	}
	defer answer.Body.Close()
	var told struct {
		Authorization string `json:"authorization_endpoint"`
		Token         string `json:"token_endpoint"`
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, 1<<20)).Decode(&told); err != nil || answer.StatusCode != http.StatusOK {
		return oauth2.Endpoint{}, fmt.Errorf("the issuer's configuration cannot be read (%d): %w", answer.StatusCode, err)
	}
	if told.Authorization == "" || told.Token == "" {
		return oauth2.Endpoint{}, errors.New("the issuer's configuration names no endpoints")
	}
	return oauth2.Endpoint{AuthURL: told.Authorization, TokenURL: told.Token, AuthStyle: oauth2.AuthStyleInParams}, nil
}
