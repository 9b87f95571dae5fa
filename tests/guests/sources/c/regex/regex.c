// Searches generated text with a backtracking engine of regular expressions: `regex <KiB> <repetitions>`.

#include "checksum.h"
#include "oniguruma.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const patterns[] = {
    "error [0-9]+",                                     // a literal in front
    "[a-z]+@[a-z]+\\.(com|org|net)",                    // addresses
    "\\b(\\w+) \\1\\b",                                 // a word twice
    "(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)",  // dates
    "(?i)warn(ing)?|fatal|panic",                       // one of several, in any case
    "\"(?:[^\"\\\\]|\\\\.)*\"",                         // strings with escapes
    "(?<=id=)[0-9a-f]{8,}(?!\\w)",                      // looking around
    "^(?:\\S+\\s+){6}\\S+$",                            // lines of seven words
};

static char *generate(size_t size) {
    static const char *const pieces[] = {
        "error ",   "warning ", "the the ",    "user@host.org ", "someone@example.net ", "2024-03-17 ", "\"quoted \\\" text\" ",
        "id=00ffa1b2c3 ", "id=12 ",  "in module ", "Fatal ",        "of of ",               "99 bottles ", "a.b.c ",
        "panicked ", "nothing "};
    char *text = malloc(size + 64);
    if (text == NULL) exit(1);
    uint64_t seed = 14;
    size_t at = 0;
    while (at < size) {
        uint32_t kind = next_random(&seed);
        const char *piece = kind % 7 == 0 ? "\n" : pieces[kind / 7 % 16];
        memcpy(text + at, piece, strlen(piece));
        at += strlen(piece);
        if (kind % 5 == 0) at += (size_t)sprintf(text + at, "%" PRIu32 " ", next_random(&seed) % 10000);
    }
    text[size] = 0;
    return text;
}

static void fail(int code) {
    OnigUChar message[ONIG_MAX_ERROR_MESSAGE_LEN];
    onig_error_code_to_str(message, code);
    fprintf(stderr, "regex: %s\n", (char *)message);
    exit(1);
}

static void search(const char *pattern, const char *text, size_t size, int print) {
    regex_t *regex;
    OnigErrorInfo info;
    const OnigUChar *start = (const OnigUChar *)text, *end = start + size;
    int result = onig_new(&regex, (const OnigUChar *)pattern, (const OnigUChar *)pattern + strlen(pattern),
                          ONIG_OPTION_DEFAULT, ONIG_ENCODING_UTF8, ONIG_SYNTAX_ONIGURUMA, &info);
    if (result != ONIG_NORMAL) fail(result);
    OnigRegion *region = onig_region_new();
    uint64_t sum = CHECKSUM_START;
    int matches = 0;
    for (const OnigUChar *at = start; at <= end;) {
        int found = onig_search(regex, start, end, at, end, region, ONIG_OPTION_NONE);
        if (found == ONIG_MISMATCH) break;
        if (found < 0) fail(found);
        matches++;
        for (int group = 0; group < region->num_regs; group++) {
            int32_t bounds[2] = {region->beg[group], region->end[group]};
            sum = checksum(sum, bounds, sizeof bounds);
        }
        at = start + (region->end[0] > found ? region->end[0] : found + 1);
    }
    if (print) printf("%-50s %6d matches, checksum %016" PRIx64 "\n", pattern, matches, sum);
    onig_region_free(region, 1);
    onig_free(regex);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: regex <KiB> <repetitions>\n");
        return 2;
    }
    size_t size = (size_t)atoi(argv[1]) * 1024;
    int repetitions = atoi(argv[2]);
    OnigEncoding encodings[] = {ONIG_ENCODING_UTF8};
    onig_initialize(encodings, 1);
    char *text = generate(size);
    for (int i = 0; i < repetitions; i++) {
        for (size_t pattern = 0; pattern < sizeof patterns / sizeof *patterns; pattern++) {
            search(patterns[pattern], text, size, i + 1 == repetitions);
        }
    }
    free(text);
    onig_end();
    return 0;
}
