// Command ledgercheck verifies the log of a Bezoar ledger with the implementations of the Go project: signed notes by
// golang.org/x/mod/sumdb/note, hashes and proofs by golang.org/x/mod/sumdb/tlog. It shares no code with Bezoar.
//
// It checks the checkpoint's signature, that every entry is the leaf the tree has for it, an inclusion proof of every
// entry, and consistency proofs from earlier sizes. It prints what it checked, or the first fault, and then exits with 1.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

// tiles reads a folder laid out as C2SP tlog-tiles says.
type tiles string

func (t tiles) Height() int { return 8 }

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(asked []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range asked {
		data, err := t.read(strconv.Itoa(tile.L), tile.N, tile.W)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (t tiles) read(level string, index int64, wide int) ([]byte, error) {
	path := fmt.Sprintf("%03d", index%1000)
	for rest := index / 1000; rest > 0; rest /= 1000 {
		path = fmt.Sprintf("x%03d/%s", rest%1000, path)
	}
	if wide < width {
		path += ".p/" + strconv.Itoa(wide)
	}
	return os.ReadFile(filepath.Join(string(t), "tile", level, path))
}

// entries are the log's, which stand in their tiles one after the other, each behind its length in two bytes.
func (t tiles) entries(size int64) ([][]byte, error) {
	var all [][]byte
	for first := int64(0); first < size; first += width {
		wide := int(min(width, size-first))
		data, err := t.read("entries", first/width, wide)
		if err != nil {
			return nil, err
		}
		for i := 0; i < wide; i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("the tile of entry %d is cut off", first)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			all = append(all, data[2:end])
			data = data[end:]
		}
		if len(data) > 0 {
			return nil, fmt.Errorf("bytes are left in the tile of entry %d", first)
		}
	}
	return all, nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func signed(folder, key string) (tlog.Tree, string, error) {
	text, err := os.ReadFile(key)
	if err != nil {
		return tlog.Tree{}, "", err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(text)))
	if err != nil {
		return tlog.Tree{}, "", err
	}
	checkpoint, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return tlog.Tree{}, "", err
	}
	opened, err := note.Open(checkpoint, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, "", err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 3 {
		return tlog.Tree{}, "", errors.New("the checkpoint has fewer than three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, "", err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, "", errors.New("the checkpoint's root is not 32 bytes in base64")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, lines[0], nil
}

func check(folder, key string) error {
	tree, origin, err := signed(folder, key)
	if err != nil {
		return err
	}
	fmt.Printf("checkpoint of %s: signed, %d entries\n", origin, tree.N)
	log := tiles(folder)
	hashes := tlog.TileHashReader(tree, log)
	entries, err := log.entries(tree.N)
	if err != nil {
		return err
	}
	for i, entry := range entries {
		proof, err := tlog.ProveRecord(tree.N, int64(i), hashes)
		if err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
	}
	fmt.Printf("entries: %d proved to be in the tree\n", len(entries))
	sizes := 0
	for older := int64(1); older < tree.N; older += older/7 + 1 {
		root, err := tlog.TreeHash(older, hashes)
		if err != nil {
			return fmt.Errorf("size %d: %w", older, err)
		}
		proof, err := tlog.ProveTree(tree.N, older, hashes)
		if err != nil {
			return fmt.Errorf("size %d: %w", older, err)
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, older, root); err != nil {
			return fmt.Errorf("size %d: %w", older, err)
		}
		sizes++
	}
	fmt.Printf("growth: %d earlier sizes proved to be its beginning\n", sizes)
	return nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "ledgercheck: expected LEDGER/log and KEYS/log.pub")
		os.Exit(2)
	}
	if err := check(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "ledgercheck:", err)
		os.Exit(1)
	}
}
