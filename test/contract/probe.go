// The program of the contract suite's image: it does what its first argument says.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

func main() {
	words := os.Args[1:]
	if len(words) == 0 {
		words = []string{"serve"}
	}
	switch words[0] {
	case "serve": // until SIGTERM, then a clean exit
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, syscall.SIGTERM)
		fmt.Println("serving")
		fmt.Fprintln(os.Stderr, "ready")
		<-stop
		fmt.Println("stopped")
	case "interruptible": // until SIGINT; ignores SIGTERM
		signal.Ignore(syscall.SIGTERM)
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, syscall.SIGINT)
		fmt.Fprintln(os.Stderr, "ready")
		<-stop
		fmt.Println("interrupted")
	case "deaf": // ignores SIGTERM
		signal.Ignore(syscall.SIGTERM)
		fmt.Println("serving")
		time.Sleep(time.Hour)
	case "exit":
		code, _ := strconv.Atoi(words[1])
		fmt.Println("leaving with", code)
		os.Exit(code)
	case "lines":
		count, _ := strconv.Atoi(words[1])
		for i := 1; i <= count; i++ {
			fmt.Println("line", i)
		}
	case "self": // how it is confined
		status, _ := os.ReadFile("/proc/self/status")
		for _, line := range strings.Split(string(status), "\n") {
			if strings.HasPrefix(line, "CapBnd") || strings.HasPrefix(line, "NoNewPrivs") || strings.HasPrefix(line, "Uid") {
				fmt.Println(strings.Join(strings.Fields(line), " "))
			}
		}
		var files syscall.Rlimit
		syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files)
		fmt.Println("nofile", files.Max)
		for _, path := range []string{"/file", "/tmp/file", "/data/file"} {
			fmt.Println(path, os.WriteFile(path, nil, 0o600) == nil)
		}
	case "echo": // standard input, until it ends
		io.Copy(os.Stdout, os.Stdin)
		fmt.Fprintln(os.Stderr, "input ended")
	case "size": // of its terminal, now and after each change, until the input ends
		changed := make(chan os.Signal, 1)
		signal.Notify(changed, syscall.SIGWINCH)
		go func() {
			for {
				var size struct{ Rows, Columns, X, Y uint16 }
				_, _, failed := syscall.Syscall(syscall.SYS_IOCTL, 0, syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
				fmt.Println("size", size.Columns, size.Rows, failed == 0)
				<-changed
			}
		}()
		io.Copy(io.Discard, os.Stdin)
	case "both":
		fmt.Println("to stdout")
		fmt.Fprintln(os.Stderr, "to stderr")
	case "text": // of a file
		text, err := os.ReadFile(words[1])
		if err != nil {
			os.Exit(1)
		}
		fmt.Println(string(text))
	case "hex": // of a file
		content, err := os.ReadFile(words[1])
		if err != nil {
			os.Exit(1)
		}
		fmt.Printf("%x\n", content)
	case "write": // to a file
		fmt.Println(os.WriteFile(words[1], nil, 0o600) == nil)
	case "hog": // memory, without end
		for held := [][]byte{}; ; {
			piece := make([]byte, 1<<20)
			for at := 0; at < len(piece); at += 4096 {
				piece[at] = 1
			}
			held = append(held, piece)
		}
	case "parent": // of a hog, which it outlives
		child := exec.Command("/probe", "hog")
		fmt.Println(child.Run())
	case "owner": // of a file or directory
		info, err := os.Stat(words[1])
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		stat := info.Sys().(*syscall.Stat_t)
		fmt.Printf("%d:%d %o\n", stat.Uid, stat.Gid, info.Mode().Perm())
	}
}
