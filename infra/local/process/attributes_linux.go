package process

import "syscall"

// attributes puts the child in a group of its own, so that Ctrl-C reaches the machine alone, which stops its children
// in order; and has the kernel kill it should the machine die without doing so.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
