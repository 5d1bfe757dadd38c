package machine

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"csdn.example/directory/infra/local/httpapi"
	"csdn.example/directory/infra/local/inbox"
	"csdn.example/directory/infra/local/issuer"
	"csdn.example/directory/infra/local/mailbox"
)

// mailPrefix is where the mailbox stands for SESv2, inboxPrefix where the inbox does for S3.
const (
	mailPrefix  = "/local/ses"
	inboxPrefix = "/local/s3"
)

// listen opens the address, which must be of this computer alone, and returns its URL.
func listen(address string) (net.Listener, string, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, "", fmt.Errorf("%q is not an address like 127.0.0.1:8080: %w", address, err)
	}
	resolved, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, "", fmt.Errorf("resolve %s: %w", address, err)
	}
	if !resolved.IP.IsLoopback() {
		return nil, "", fmt.Errorf("%s can be reached from other computers; the local machine serves this one alone, "+
			"for it signs anybody in: take an address like 127.0.0.1:8080", address)
	}
	listener, err := net.ListenTCP("tcp", resolved)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, "", fmt.Errorf("%s is in use: stop what listens there, or choose another address with -listen "+
			"(make run LISTEN=127.0.0.1:9090)", address)
	}
	if err != nil {
		return nil, "", fmt.Errorf("listen: %w", err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return nil, "", fmt.Errorf("listen: %w", err)
	}
	return listener, "http://" + net.JoinHostPort(host, port), nil
}

// lock makes the data folder and keeps other machines from it.
func lock(folder string) (unlock func(), err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("the data folder %s is used by another local machine: stop it, or choose another folder "+
			"with -data (make run DATA=…)", folder)
	}
	return func() { _ = file.Close() }, nil
}

// handler serves /local/ by the machine itself, and everything else by the gateway.
func handler(address net.Addr, gateway *httpapi.Gateway, signer *issuer.Issuer, box *mailbox.Mailbox, in *inbox.Inbox) http.Handler {
	local := http.NewServeMux()
	local.HandleFunc("POST "+mailPrefix+"/v2/email/outbound-emails", box.Send)
	local.HandleFunc("GET "+inboxPrefix+"/{bucket}/{key...}", in.Get)
	local.HandleFunc("DELETE "+inboxPrefix+"/{bucket}/{key...}", in.Delete)
	local.HandleFunc("GET /local/mailbox", box.Page)
	local.HandleFunc("GET /local/mailbox.json", box.List)
	local.HandleFunc("GET /local/mailbox/{id}/message.eml", box.Source)
	local.HandleFunc("POST /local/token", signer.Token)
	local.HandleFunc("GET /local/issuer/.well-known/openid-configuration", signer.Configuration)
	local.HandleFunc("GET /local/issuer/jwks.json", signer.Keys)
	local.HandleFunc("POST /local/issuer/rotate", signer.Rotate)
	local.HandleFunc("GET /local/issuer/authorize", signer.Authorize)
	local.HandleFunc("POST /local/issuer/authorize", signer.Authorize)
	local.HandleFunc("POST /local/issuer/token", signer.Exchange)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !isOurs(r.Host, address):
			http.Error(w, "This machine answers to its loopback address alone.", http.StatusMisdirectedRequest)
		case strings.HasPrefix(r.URL.Path, "/local/"):
			local.ServeHTTP(w, r)
		default:
			gateway.ServeHTTP(w, r)
		}
	})
}

// isOurs reports whether a request names this computer: a page from elsewhere that had its own name point here
// (DNS rebinding) could otherwise sign itself in.
func isOurs(host string, address net.Addr) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, "80"
	}
	_, own, err := net.SplitHostPort(address.String())
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return err == nil && port == own && (name == "localhost" || ip != nil && ip.IsLoopback())
}
