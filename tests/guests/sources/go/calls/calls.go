// Makes every call of WASI preview 1, through the standard library wherever that makes it:
//
//	calls <status> [argument]...
//
// Expects the directories /data, granted for changes, and /readonly, granted for reading, with what programs/calls.rs puts
// there. Prints what each call gave, without times, device and inode numbers: these differ from run to run. Ends with
// the status it is told to.
package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"
	"unsafe"
)

// Descriptors that are there from the start.
const (
	data     = 3
	readOnly = 4
)

// say prints what a call gave, or the number of the error.
func say(what string, err error, given ...any) {
	var number syscall.Errno
	switch {
	case err == nil:
		fmt.Println(append([]any{what + ": ok"}, given...)...)
	case errors.As(err, &number) && number != 0:
		fmt.Printf("%s: error %d\n", what, int(number))
	default:
		fmt.Printf("%s: %v\n", what, err)
	}
}

// direct is the same for a call that was made past the standard library.
func direct(what string, number uint32, given ...any) {
	if number == 0 {
		say(what, nil, given...)
	} else {
		say(what, syscall.Errno(number))
	}
}

func surroundings() error {
	fmt.Printf("arguments %q\n", os.Args[1:])
	environment := os.Environ()
	slices.Sort(environment)
	fmt.Printf("environment %q\n", environment)
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	fmt.Printf("input %q\n", input)
	fmt.Fprintln(os.Stderr, "to standard error")

	for clock, name := range []string{"realtime", "monotonic", "process", "thread"} {
		var resolution uint64
		number := clockResGet(uint32(clock), &resolution)
		fmt.Printf("resolution of %s: error %d, positive %t\n", name, number, resolution > 0)
	}
	start := time.Now()
	runtime.Gosched()
	direct("yield", schedYield())
	time.Sleep(5 * time.Millisecond)
	fmt.Println("slept", time.Since(start) >= 5*time.Millisecond)
	fmt.Println("after 2023", start.Unix() > 1_700_000_000)
	one, other := make([]byte, 32), make([]byte, 32)
	_, err = rand.Read(one)
	say("random", errors.Join(err, errorOf(rand.Read(other))), string(one) != string(other))
	return nil
}

func errorOf[T any](_ T, err error) error { return err }

func transfers() error {
	file, err := os.OpenFile("/data/go.txt", os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	fd := uint32(file.Fd())
	say("create again", errorOf(os.OpenFile("/data/go.txt", os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)))
	count, err := file.WriteString("0123456789")
	say("write", err, count)
	var position uint64
	number := fdTell(fd, &position)
	direct("tell", number, position)
	for _, to := range []struct {
		offset int64
		whence int
	}{{3, io.SeekStart}, {2, io.SeekCurrent}, {-4, io.SeekEnd}, {-40, io.SeekCurrent}} {
		at, err := file.Seek(to.offset, to.whence)
		say(fmt.Sprint("seek ", to), err, at)
	}
	count, err = file.WriteAt([]byte("AB"), 4)
	say("write at", err, count)
	part := make([]byte, 5)
	count, err = file.ReadAt(part, 2)
	say("read at", err, string(part[:count]))
	say("read at the end", errorOf(file.ReadAt(part, 10)))
	rest, err := io.ReadAll(file)
	say("read to the end", err, string(rest))
	say("sync", file.Sync())
	direct("data sync", fdDatasync(fd))
	direct("advise", fdAdvise(fd, 0, 10, 1))
	direct("allocate", fdAllocate(fd, 0, 64))
	say("truncate", file.Truncate(8))
	appending, err := os.OpenFile("/data/go.txt", os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	count, err = appending.WriteString("cd")
	say("append", errors.Join(err, appending.Close()), count)
	say("set flags", syscall.SetNonblock(int(fd), false))
	contents, err := os.ReadFile("/data/go.txt")
	say("contents", err, string(contents))

	reading, err := os.Open("/data/go.txt")
	if err != nil {
		return err
	}
	defer reading.Close()
	say("write to a file that is read", errorOf(reading.WriteString("x")))
	direct("set rights", fdFdstatSetRights(uint32(reading.Fd()), 1<<1, 1<<1))
	say("read a directory", errorOf(syscall.Read(data, part)))
	say("seek in standard input", errorOf(os.Stdin.Seek(0, io.SeekCurrent)))
	other, err := syscall.Open("/data/other.txt", syscall.O_RDONLY, 0)
	if err != nil {
		return err
	}
	direct("renumber", fdRenumber(uint32(other), uint32(reading.Fd())))
	moved, err := io.ReadAll(reading)
	say("read what was moved", err, string(moved))
	return nil
}

func show(what string, info fs.FileInfo, err error) {
	if err != nil {
		say(what, err)
		return
	}
	size, seconds := info.Size(), info.ModTime().UnixNano()
	if info.IsDir() {
		size = 0
	}
	if seconds > 1_700_000_000_000_000_000 {
		seconds = 0
	}
	fmt.Println(what, info.Name(), info.Mode().Type(), size, seconds)
}

func attributes() {
	modified := time.Unix(1_234_567_890, 123_456_789)
	say("set times", os.Chtimes("/data/file.txt", modified, modified))
	say("set times of nothing", os.Chtimes("/data/nothing", modified, modified))
	say("set times where it may not", os.Chtimes("/readonly/file.txt", modified, modified))
	file, err := os.Open("/data/file.txt")
	if err != nil {
		say("open", err)
		return
	}
	defer file.Close()
	info, err := file.Stat()
	show("metadata of an open file", info, err)
	// Seconds of before and after are far enough apart.
	number := fdFilestatSetTimes(uint32(file.Fd()), 1_000_000_001, 1_000_000_002, 1|4)
	direct("set times of an open file", number)
	for _, path := range []string{
		"/data/file.txt", "/data/sub", "/data/link", "/data/loop", "/data/link-outside", "/data/file.txt/below", "/etc/passwd",
	} {
		info, err := os.Stat(path)
		show("metadata "+path, info, err)
		info, err = os.Lstat(path)
		show("itself "+path, info, err)
	}
}

func list(directory string) {
	entries, err := os.ReadDir(directory)
	say("list "+directory, err, entries)
}

func names() {
	say("mkdir", os.Mkdir("/data/made", 0o755))
	say("mkdir again", os.Mkdir("/data/made", 0o755))
	say("mkdir without parent", os.Mkdir("/data/none/made", 0o755))
	say("mkdir where it may not", os.Mkdir("/readonly/made", 0o755))
	say("mkdir all", os.MkdirAll("/data/made/inner/most", 0o755))
	list("/data")
	list("/readonly")
	list("/data/file.txt")
	say("walk", filepath.WalkDir("/data/sub", func(path string, entry fs.DirEntry, err error) error {
		fmt.Println("found", path, entry, err)
		return nil
	}))
	say("remove not empty", os.Remove("/data/made"))
	say("remove", os.Remove("/data/made/inner/most"))
	say("remove where it may not", os.Remove("/readonly/empty"))
	say("rename", os.Rename("/data/made", "/data/sub/renamed"))
	say("rename of nothing", os.Rename("/data/made", "/data/again"))
	say("rename where it may not", os.Rename("/readonly/file.txt", "/data/stolen"))

	say("link", os.Link("/data/file.txt", "/data/hard"))
	say("link again", os.Link("/data/file.txt", "/data/hard"))
	say("link where it may not", os.Link("/readonly/file.txt", "/data/harder"))
	say("symlink", os.Symlink("file.txt", "/data/soft"))
	say("symlink to nothing", os.Symlink("nothing", "/data/sub/dangling"))
	say("symlink with an absolute text", os.Symlink("/etc/passwd", "/data/absolute"))
	say("symlink where it may not", os.Symlink("file.txt", "/readonly/soft"))
	for _, path := range []string{"/data/soft", "/data/sub/dangling", "/data/file.txt"} {
		text, err := os.Readlink(path)
		say("read link "+path, err, text)
		contents, err := os.ReadFile(path)
		say("through it "+path, err, string(contents))
	}
	say("write where it may not", os.WriteFile("/readonly/file.txt", []byte("changed"), 0o644))
	say("write outside", os.WriteFile("/data/link-outside", []byte("changed"), 0o644))
	say("unlink", syscall.Unlink("/data/hard"))
	say("unlink again", syscall.Unlink("/data/hard"))
	say("unlink of a directory", syscall.Unlink("/data/sub"))
	say("unlink where it may not", syscall.Unlink("/readonly/file.txt"))
	say("remove all", os.RemoveAll("/data/sub/renamed"))
	directory, err := os.OpenRoot("/data")
	if err == nil {
		say("in a root", directory.Mkdir("rooted", 0o755))
		say("out of a root", errorOf(directory.Open("link-outside")))
		err = directory.Close()
	}
	say("root", err)
}

// What sockets send and receive; a variable of a function may move.
var exchanged [4]byte

// No socket was granted, so all that can be seen is that nothing else is taken for one.
func sockets() error {
	file, err := os.OpenFile("/data/file.txt", os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	say("listener", errorOf(net.FileListener(file)))
	for _, of := range []struct {
		name string
		fd   int
	}{{"a file", int(file.Fd())}, {"standard output", 1}, {"a directory", data}} {
		_, _, err := syscall.Accept(of.fd)
		say("accept of "+of.name, err)
		say("shutdown of "+of.name, syscall.Shutdown(of.fd, syscall.SHUT_WR))
		// A buffer as WASI has it: addresses and lengths are half as wide as those of Go.
		buffer := [2]uint32{uint32(uintptr(unsafe.Pointer(&exchanged))), uint32(len(exchanged))}
		var length, flags uint32
		direct("receive of "+of.name, sockRecv(uint32(of.fd), unsafe.Pointer(&buffer), 1, 0, &length, unsafe.Pointer(&flags)))
		direct("send of "+of.name, sockSend(uint32(of.fd), unsafe.Pointer(&buffer), 1, 0, &length))
	}
	return nil
}

func main() {
	status := 0
	if len(os.Args) > 1 {
		status, _ = strconv.Atoi(os.Args[1])
	}
	say("surroundings", surroundings())
	say("transfers", transfers())
	attributes()
	names()
	say("sockets", sockets())
	direct("raise", procRaise(9))
	os.Exit(status)
}
