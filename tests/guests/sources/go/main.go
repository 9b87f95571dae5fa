// A Go program that uses what Go programs use: goroutines, channels, maps, sorting, closures, interfaces, generics,
// defer and recover, formatting, JSON, timers, files. Its whole output is fixed.
//
//	go <directory> [argument]...
//
// ENDING in the environment chooses how it ends: "exit", "panic", "deadlock" or, without it, by returning.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

func section(name string) { fmt.Println("--", name) }

func surroundings() {
	section("surroundings")
	fmt.Printf("arguments %q\n", os.Args[1:])
	fmt.Println("environment", os.Getenv("GREETING"), os.Getenv("NOT_SET") == "")
	fmt.Println("system", runtime.GOOS, runtime.GOARCH)
	scanner := bufio.NewScanner(os.Stdin)
	lines, words := 0, map[string]int{}
	for scanner.Scan() {
		lines++
		for _, word := range strings.Fields(scanner.Text()) {
			words[strings.ToLower(word)]++
		}
	}
	keys := slices.SortedFunc(maps.Keys(words), func(a, b string) int {
		if words[a] != words[b] {
			return words[b] - words[a]
		}
		return strings.Compare(a, b)
	})
	fmt.Println("lines", lines)
	for _, key := range keys {
		fmt.Printf("%-8s %d\n", key, words[key])
	}
}

func files(directory string) error {
	section("files")
	input, err := os.ReadFile(filepath.Join(directory, "input.txt"))
	if err != nil {
		return err
	}
	fmt.Printf("input %q\n", input)
	_, err = os.ReadFile(filepath.Join(directory, "missing.txt"))
	fmt.Println("missing", errors.Is(err, fs.ErrNotExist))

	if err := os.MkdirAll(filepath.Join(directory, "a/b/c"), 0o755); err != nil {
		return err
	}
	for i := range 5 {
		name := filepath.Join(directory, "a/b", fmt.Sprintf("file-%d.txt", i))
		if err := os.WriteFile(name, bytes.Repeat([]byte{byte('a' + i)}, 1000*i), 0o644); err != nil {
			return err
		}
	}
	if err := os.Rename(filepath.Join(directory, "a/b/file-4.txt"), filepath.Join(directory, "a/b/c/moved.txt")); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(directory, "a/b/file-0.txt")); err != nil {
		return err
	}
	err = filepath.WalkDir(filepath.Join(directory, "a"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		size := info.Size()
		if entry.IsDir() {
			size = 0
		}
		fmt.Println("found", path, entry.IsDir(), size)
		return nil
	})
	if err != nil {
		return err
	}

	file, err := os.OpenFile(filepath.Join(directory, "log.txt"), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	writer := bufio.NewWriter(file)
	for i := range 1000 {
		fmt.Fprintf(writer, "%04d %s\n", i, strconv.FormatInt(int64(i*i), 36))
	}
	if err := writer.Flush(); err != nil {
		return err
	}
	if _, err := file.Seek(-11, io.SeekEnd); err != nil {
		return err
	}
	tail, err := io.ReadAll(file)
	fmt.Printf("tail %q\n", tail)
	return err
}

// Links, times and sizes; nothing of it is left behind.
func attributes(directory string) error {
	section("attributes")
	path, other := filepath.Join(directory, "attributes.txt"), filepath.Join(directory, "linked.txt")
	soft := filepath.Join(directory, "soft.txt")
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.WriteAt([]byte("0123456789"), 2); err != nil {
		return err
	}
	part := make([]byte, 6)
	count, err := file.ReadAt(part, 8)
	fmt.Printf("part %d %q %t\n", count, part[:count], err == io.EOF)
	if err := errors.Join(file.Truncate(5), file.Sync(), os.Link(path, other), os.Symlink("linked.txt", soft)); err != nil {
		return err
	}
	text, err := os.Readlink(soft)
	fmt.Println("text", text, err)
	contents, err := os.ReadFile(soft)
	fmt.Printf("through it %q %v\n", contents, err)
	link, err := os.Lstat(soft)
	if err != nil {
		return err
	}
	fmt.Println("is a link", link.Mode()&fs.ModeSymlink != 0)
	fmt.Println("again", errors.Is(os.Link(path, other), fs.ErrExist), errors.Is(os.Mkdir(directory, 0o755), fs.ErrExist))

	modified := time.Unix(1_234_567_890, 123_456_789)
	if err := os.Chtimes(path, modified, modified); err != nil {
		return err
	}
	one, err := os.Stat(other)
	if err != nil {
		return err
	}
	fmt.Println("times", one.ModTime().Equal(modified), one.Size())
	fmt.Println("not empty", os.Remove(directory) != nil, os.Remove(filepath.Join(other, "below")) != nil)
	return errors.Join(os.Remove(path), os.Remove(other), os.Remove(soft))
}

func concurrency() {
	section("concurrency")
	jobs, results := make(chan int), make(chan int, 4)
	var workers sync.WaitGroup
	for range 8 {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for job := range jobs {
				results <- job * job
			}
		}()
	}
	go func() {
		for i := range 1000 {
			jobs <- i
		}
		close(jobs)
		workers.Wait()
		close(results)
	}()
	sum := 0
	for result := range results {
		sum += result
	}
	fmt.Println("squares", sum)

	source := make(chan int)
	go func(out chan<- int) {
		for i := 2; ; i++ {
			out <- i
		}
	}(source)
	var primes []int
	for range 40 {
		prime := <-source
		primes = append(primes, prime)
		next := make(chan int)
		go func(in <-chan int, out chan<- int) {
			for n := range in {
				if n%prime != 0 {
					out <- n
				}
			}
		}(source, next)
		source = next
	}
	fmt.Println("sieve", primes)

	var mutex sync.Mutex
	var counter atomic.Int64
	total := 0
	var group sync.WaitGroup
	for i := range 100 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 50 {
				mutex.Lock()
				total += i
				mutex.Unlock()
				counter.Add(1)
				runtime.Gosched()
			}
		}()
	}
	group.Wait()
	fmt.Println("locked", total, counter.Load())

	start := time.Now()
	late, early := time.After(40*time.Millisecond), time.After(10*time.Millisecond)
	second, first := <-late, <-early
	time.Sleep(5 * time.Millisecond)
	fmt.Println("timers", !second.Before(first), time.Since(start) >= 45*time.Millisecond)
}

type shape interface {
	area() float64
	fmt.Stringer
}
type rectangle struct{ width, height float64 }
type circle struct{ radius float64 }

func (r rectangle) area() float64  { return r.width * r.height }
func (r rectangle) String() string { return fmt.Sprintf("%gx%g", r.width, r.height) }
func (c *circle) area() float64    { return 3 * c.radius * c.radius }
func (c *circle) String() string   { return fmt.Sprintf("circle %g", c.radius) }

type number interface{ ~int | ~int64 | ~float64 }

func fold[T, R any](items []T, start R, step func(R, T) R) R {
	for _, item := range items {
		start = step(start, item)
	}
	return start
}
func sum[T number](items ...T) T { return fold(items, 0, func(a, b T) T { return a + b }) }

type tree[T any] struct {
	left, right *tree[T]
	value       T
}

func (t *tree[T]) insert(value T, less func(a, b T) bool) *tree[T] {
	switch {
	case t == nil:
		return &tree[T]{value: value}
	case less(value, t.value):
		t.left = t.left.insert(value, less)
	default:
		t.right = t.right.insert(value, less)
	}
	return t
}
func (t *tree[T]) all(yield func(T) bool) bool {
	return t == nil || t.left.all(yield) && yield(t.value) && t.right.all(yield)
}

func guarded(name string, action func()) {
	defer func() { fmt.Printf("recovered %s: %v\n", name, recover()) }()
	action()
}

func language() {
	section("language")
	shapes := []shape{rectangle{2, 3}, &circle{2}, rectangle{1, 1}}
	sort.Slice(shapes, func(i, j int) bool { return shapes[i].area() < shapes[j].area() })
	fmt.Println(shapes, sum(1, 2, 3), sum(0.5, 0.25))
	var root *tree[string]
	for _, word := range strings.Split("the quick brown fox jumps over the lazy dog", " ") {
		root = root.insert(word, func(a, b string) bool { return a < b })
	}
	for word := range func(yield func(string) bool) { root.all(yield) } {
		if word == "quick" {
			break
		}
		fmt.Print(word, " ")
	}
	fmt.Println()

	zero, items := 0, []int{1, 2, 3}
	var nothing *rectangle
	var table map[string]int
	var anything any = "text"
	guarded("index", func() { _ = items[zero+3] })
	guarded("slice", func() { _ = items[2:][:zero+5] })
	guarded("division", func() { _ = 1 / zero })
	guarded("nil", func() { _ = nothing.width })
	guarded("map", func() { table["a"] = 1 })
	guarded("assertion", func() { _ = anything.(int) })
	guarded("panic", func() { panic(fmt.Errorf("wrapped: %w", fs.ErrExist)) })
	for i := range 3 {
		defer func() { fmt.Println("deferred", i) }()
	}
	big1 := new(big.Int).Exp(big.NewInt(3), big.NewInt(500), nil)
	fmt.Println("big", big1.BitLen(), new(big.Int).Mod(big1, big.NewInt(1000000007)))
}

func library() error {
	section("library")
	type person struct {
		Name  string         `json:"name"`
		Age   int            `json:"age,omitempty"`
		Tags  []string       `json:"tags"`
		Extra map[string]any `json:"extra"`
	}
	encoded, err := json.Marshal(person{"Gö", 41, []string{"x", "y"}, map[string]any{"b": 1.5, "a": nil, "c": []int{1}}})
	if err != nil {
		return err
	}
	var decoded person
	if err := json.Unmarshal(encoded, &decoded); err != nil {
		return err
	}
	fmt.Printf("%s %+v\n", encoded, decoded)
	fmt.Println(json.Unmarshal([]byte(`{"name": 5}`), &decoded))

	data := bytes.Repeat([]byte("compress me, please. "), 5000)
	var packed bytes.Buffer
	compressor := gzip.NewWriter(&packed)
	compressor.Write(data)
	compressor.Close()
	reader, err := gzip.NewReader(&packed)
	if err != nil {
		return err
	}
	back, err := io.ReadAll(reader)
	if err != nil {
		return err
	}
	fmt.Println("gzip", bytes.Equal(data, back))
	fmt.Printf("sha256 %x\n", sha256.Sum256(data))
	pattern := regexp.MustCompile(`(\w+)@(\w+)\.com`)
	fmt.Println(pattern.ReplaceAllString("bob@example.com, eve@test.com", "$2:$1"))
	fmt.Println(pattern.FindAllStringIndex("a@b.com c@d.com", -1))
	fmt.Printf("%08.3f|%-6d|%+d|%x|%q|%U|%t|%v|%T\n", math.Pi, 42, 7, "hex", "quo\"te", '⌘', true, []any{1, "a", nil}, decoded)
	fmt.Println(math.Sqrt(2), math.Inf(-1), math.NaN(), float32(0.1), uint64(math.MaxUint64), math.MinInt64, 1e21, 1e20)
	negative := -7
	fmt.Println(negative/2, negative%3, uint8(negative), int32(math.Float64bits(1.5)>>32), bitsOf(0xdeadbeef), 1<<(negative+10))
	fmt.Println(utf8.RuneCountInString("héllo, 世界"), []byte("é"), []rune("世"), strings.ToUpper("straße"), strings.Title("go wasm"))
	fmt.Println(time.Unix(1709210096, 789).UTC().Format(time.RFC3339Nano), time.Duration(93784)*time.Second)
	return nil
}

func bitsOf(value uint32) []byte { return binary.BigEndian.AppendUint32(nil, value) }

func garbage() {
	section("garbage collection")
	type node struct {
		next  *node
		bytes [100]byte
	}
	var kept *node
	for i := range 200000 {
		fresh := &node{}
		fresh.bytes[0] = byte(i)
		if i%100 == 0 {
			fresh.next, kept = kept, fresh
		}
	}
	runtime.GC()
	count, sum := 0, 0
	for at := kept; at != nil; at = at.next {
		count++
		sum += int(at.bytes[0])
	}
	var statistics runtime.MemStats
	runtime.ReadMemStats(&statistics)
	fmt.Println("kept", count, sum, statistics.NumGC > 0)
	table := map[int]string{}
	for i := range 50000 {
		table[i*7] = strconv.Itoa(i)
	}
	for i := range 50000 {
		if i%3 != 0 {
			delete(table, i*7)
		}
	}
	fmt.Println("map", len(table), table[21], table[7] == "")
}

func recurse(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + recurse(n-1)
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: go <directory> [argument]...")
		os.Exit(2)
	}
	surroundings()
	if err := files(os.Args[1]); err != nil {
		fmt.Println("files:", err)
	}
	if err := attributes(os.Args[1]); err != nil {
		fmt.Println("attributes:", err)
	}
	concurrency()
	language()
	if err := library(); err != nil {
		fmt.Println("library:", err)
	}
	garbage()
	fmt.Println("depth", recurse(2000))
	switch os.Getenv("ENDING") {
	case "exit":
		os.Exit(9)
	case "panic":
		var nothing map[string]int
		nothing["key"] = 1
	case "deadlock":
		<-make(chan int)
	}
}
