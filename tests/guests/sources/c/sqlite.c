// Drives SQLite through what an application asks of it: bulk insertion, indexes, joins, aggregates,
// window functions, recursion, JSON, updates and deletes.
//
//     sqlite <database> <rows>     where <database> is a path or `:memory:`
//
// With a path, SQLITE_TMPDIR has to name a granted directory: sorting spills into files that SQLite
// deletes while they are open.
//
// Every result is printed, or folded into a checksum where there are too many rows to print.

#include "checksum.h"
#include "sqlite3.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *db;

static void check(int result, const char *doing) {
    if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE) {
        fprintf(stderr, "sqlite: %s: %s\n", doing, db ? sqlite3_errmsg(db) : sqlite3_errstr(result));
        exit(1);
    }
}

static void execute(const char *sql) { check(sqlite3_exec(db, sql, NULL, NULL, NULL), sql); }

// Runs a query and prints its first rows, the number of rows and the checksum of all of them.
static void query(const char *sql) {
    enum { PRINTED_ROWS = 6 };
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), sql);
    printf("> %s\n", sql);
    uint64_t sum = CHECKSUM_START;
    int rows = 0;
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(statement); column++) {
            const char *text = (const char *)sqlite3_column_text(statement, column);
            if (text == NULL) text = "NULL";
            sum = checksum(sum, text, strlen(text) + 1);
            if (rows < PRINTED_ROWS) printf("%s%.60s", column == 0 ? "  " : " | ", text);
        }
        if (rows < PRINTED_ROWS) putchar('\n');
        rows++;
    }
    check(result, sql);
    sqlite3_finalize(statement);
    printf("  %d rows, checksum %016" PRIx64 "\n", rows, sum);
}

static void create_tables(void) {
    execute("CREATE TABLE groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, weight REAL)");
    execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born INTEGER NOT NULL,"
            " score REAL NOT NULL, group_id INTEGER NOT NULL REFERENCES groups(id), note BLOB)");
    execute("CREATE TABLE log (person INTEGER, old REAL, new REAL)");
    execute("CREATE TRIGGER scored AFTER UPDATE OF score ON people WHEN new.id % 97 = 0 BEGIN"
            " INSERT INTO log VALUES (new.id, old.score, new.score); END");
}

static void insert_groups(int count) {
    sqlite3_stmt *insert;
    check(sqlite3_prepare_v2(db, "INSERT INTO groups VALUES (?1, printf('group-%03d', ?1), ?1 / 4.0)", -1, &insert, NULL),
          "prepare groups");
    for (int id = 0; id < count; id++) {
        sqlite3_bind_int(insert, 1, id);
        check(sqlite3_step(insert), "insert group");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
}

static void insert_people(int count, int groups) {
    static const char *const syllables[] = {"ka", "lo", "mi", "ne", "ru", "sta", "vel", "zor"};
    sqlite3_stmt *insert;
    check(sqlite3_prepare_v2(db, "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)", -1, &insert, NULL), "prepare people");
    uint64_t seed = 42;
    for (int id = 0; id < count; id++) {
        char name[32] = "";
        for (int i = 0; i < 4; i++) strcat(name, syllables[next_random(&seed) % 8]);
        unsigned char note[24];
        size_t note_size = next_random(&seed) % sizeof note;
        for (size_t i = 0; i < note_size; i++) note[i] = (unsigned char)next_random(&seed);
        sqlite3_bind_int(insert, 1, id);
        sqlite3_bind_text(insert, 2, name, -1, SQLITE_TRANSIENT);
        sqlite3_bind_int(insert, 3, 1920 + (int)(next_random(&seed) % 100));
        sqlite3_bind_double(insert, 4, (double)(next_random(&seed) % 100000) / 64.0);
        sqlite3_bind_int(insert, 5, (int)(next_random(&seed) % (uint32_t)groups));
        sqlite3_bind_blob(insert, 6, note, (int)note_size, SQLITE_TRANSIENT);
        check(sqlite3_step(insert), "insert person");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
}

static void ask(void) {
    query("SELECT count(*), min(score), max(score), avg(score), sum(born) FROM people");
    query("SELECT g.name, count(*), sum(p.score) FROM people p JOIN groups g ON g.id = p.group_id"
          " GROUP BY g.id ORDER BY 3 DESC, 1");
    query("SELECT p.name, q.name, p.born FROM people p JOIN people q ON q.born = p.born AND q.id = p.id + 1"
          " ORDER BY p.id");
    query("SELECT born / 10 * 10 AS decade, count(DISTINCT name), total(length(note)) FROM people GROUP BY decade");
    query("SELECT id, name, score, rank() OVER (PARTITION BY group_id ORDER BY score DESC, id) AS place"
          " FROM people WHERE born > 2010 ORDER BY place, id LIMIT 2000");
    query("SELECT upper(substr(name, 1, 3)) || '-' || hex(note) FROM people WHERE name LIKE 'zor%ka' ORDER BY id");
    query("SELECT name, born FROM people WHERE name >= 'mi' AND name < 'n' ORDER BY name DESC, born, id LIMIT 500");
    query("WITH RECURSIVE n(i, f) AS (SELECT 0, 1 UNION ALL SELECT i + 1, (f * 48271) % 2147483647 FROM n WHERE i < 20000)"
          " SELECT count(*), sum(f), group_concat(f % 10, '') FROM n");
    query("SELECT json_extract(j, '$.a[1]'), json_array_length(j, '$.a') FROM"
          " (SELECT json_object('a', json_array(id, name, score)) AS j FROM people WHERE id % 1000 = 7)");
}

static void change(void) {
    execute("BEGIN");
    execute("UPDATE people SET score = score * 1.5 + id % 7 WHERE group_id % 3 = 0");
    execute("DELETE FROM people WHERE born % 10 = 3");
    execute("INSERT INTO people SELECT id + 10000000, name || '!', born, score, group_id, NULL FROM people WHERE id % 50 = 1");
    execute("COMMIT");
    execute("BEGIN");
    execute("DELETE FROM people");
    execute("ROLLBACK");
    query("SELECT count(*), total(old), total(new) FROM log");
    query("SELECT count(*), sum(id), total(score) FROM people");
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: sqlite <database> <rows>\n");
        return 2;
    }
    int rows = atoi(argv[2]);
    int in_memory = strcmp(argv[1], ":memory:") == 0;
    check(sqlite3_open(argv[1], &db), "open");
    execute(in_memory ? "PRAGMA temp_store = memory" : "PRAGMA temp_store = file");
    printf("SQLite %s\n", sqlite3_libversion());
    create_tables();
    execute("BEGIN");
    insert_groups(64);
    insert_people(rows, 64);
    execute("COMMIT");
    execute("CREATE INDEX people_name ON people(name, born)");
    execute("CREATE INDEX people_born ON people(born)");
    execute("ANALYZE");
    ask();
    change();
    execute("VACUUM");
    if (!in_memory) {
        check(sqlite3_close(db), "close");
        check(sqlite3_open(argv[1], &db), "open again");
    }
    query("PRAGMA integrity_check");
    query("SELECT count(*), sum(length(name)) FROM people");
    check(sqlite3_close(db), "close");
    return 0;
}
