// The program of the contract suite's image: it does what its first argument says.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
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
