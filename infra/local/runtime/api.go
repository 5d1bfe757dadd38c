package runtime

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"

	"csdn.example/directory/infra/local/template"
)

// maximumAnswer is Lambda's limit on an answer, in bytes.
const maximumAnswer = 6 << 20

func (r *Runtime) handler() http.Handler {
	mux := http.NewServeMux()
	const base = "/{instance}/2018-06-01/runtime/"
	mux.HandleFunc("GET "+base+"invocation/next", r.known(r.next))
	mux.HandleFunc("POST "+base+"invocation/{id}/response", r.known(r.response))
	mux.HandleFunc("POST "+base+"invocation/{id}/error", r.known(r.failure))
	mux.HandleFunc("POST "+base+"init/error", r.known(r.startFailure))
	return mux
}

// known finds the instance that calls.
func (r *Runtime) known(handle func(http.ResponseWriter, *http.Request, *instance)) http.HandlerFunc {
	return func(w http.ResponseWriter, request *http.Request) {
		r.mutex.Lock()
		i := r.instances[request.PathValue("instance")]
		r.mutex.Unlock()
		if i == nil {
			refuse(w, http.StatusForbidden, "UnknownInstance")
			return
		}
		handle(w, request, i)
	}
}

// next waits for an invocation.
func (r *Runtime) next(w http.ResponseWriter, request *http.Request, i *instance) {
	r.mutex.Lock()
	i.asked = true
	r.mutex.Unlock()
	select {
	case v := <-i.work:
		r.mutex.Lock()
		i.current = v
		r.mutex.Unlock()
		deadline := r.options.Now().Add(i.pool.function.Timeout)
		header := w.Header()
		header.Set("Content-Type", "application/json")
		header.Set("Lambda-Runtime-Aws-Request-Id", v.id)
		header.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(deadline.UnixMilli(), 10))
		header.Set("Lambda-Runtime-Invoked-Function-Arn", template.ARN("lambda", "function:"+i.pool.function.ID))
		header.Set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0")
		// A failed write means that the process has ended, which fails the invocation.
		_, _ = w.Write(v.payload)
	case <-request.Context().Done():
	case <-i.ended:
	}
}

// response takes an invocation's answer.
func (r *Runtime) response(w http.ResponseWriter, request *http.Request, i *instance) {
	payload, err := io.ReadAll(http.MaxBytesReader(w, request.Body, maximumAnswer))
	if err != nil {
		r.settle(w, request, i, http.StatusRequestEntityTooLarge, answer{err: i.failure("Function.ResponseSizeTooLarge")})
		return
	}
	// Lambda's clients name an error in a trailer when the answer broke off.
	if kind := request.Trailer.Get("Lambda-Runtime-Function-Error-Type"); kind != "" {
		r.settle(w, request, i, http.StatusAccepted, answer{err: i.failure(kind)})
		return
	}
	r.settle(w, request, i, http.StatusAccepted, answer{payload: payload})
}

// failure takes an invocation's error.
func (r *Runtime) failure(w http.ResponseWriter, request *http.Request, i *instance) {
	r.settle(w, request, i, http.StatusAccepted, answer{err: i.failure(errorType(w, request))})
}

// startFailure takes the error of a process that could not begin.
func (r *Runtime) startFailure(w http.ResponseWriter, request *http.Request, i *instance) {
	kind := errorType(w, request)
	select {
	case i.failed <- kind:
	default:
	}
	w.WriteHeader(http.StatusAccepted)
}

// settle gives the answer to the invocation named in the path, if it is the one under way.
func (r *Runtime) settle(w http.ResponseWriter, request *http.Request, i *instance, status int, a answer) {
	r.mutex.Lock()
	current := i.current
	if current == nil || current.id != request.PathValue("id") {
		r.mutex.Unlock()
		refuse(w, http.StatusBadRequest, "InvalidRequestID")
		return
	}
	i.current = nil
	r.mutex.Unlock()
	// Free already, though it has not yet asked for its next: should it end instead, that goes to another.
	i.pool.release(i)
	current.answer <- a
	if status != http.StatusAccepted {
		refuse(w, status, "RequestEntityTooLarge")
		return
	}
	w.WriteHeader(status)
}

// errorType reads the type of a reported error; its message stays in the function's own log.
func errorType(w http.ResponseWriter, request *http.Request) string {
	var reported struct {
		Type string `json:"errorType"`
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, maximumAnswer))
	if err != nil || json.Unmarshal(body, &reported) != nil || reported.Type == "" {
		return "Unhandled"
	}
	return reported.Type
}

func refuse(w http.ResponseWriter, status int, kind string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The caller is gone if this fails, and then it has ended.
	_ = json.NewEncoder(w).Encode(map[string]string{"errorType": kind, "errorMessage": http.StatusText(status)})
}
