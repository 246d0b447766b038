// The span: one annotation, with the reason for it; and lists of spans.
//
// A span belongs to a block and its offsets count from the block's first byte, so an edit elsewhere
// leaves it as it is. An annotator fills in what the block alone tells. What needs the whole
// document is written by galley_*_resolve, which may run any number of times: it writes only the
// fields marked "resolved" and always all of them, so its result depends on the document alone.
#ifndef GALLEY_SPAN_H
#define GALLEY_SPAN_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  GALLEY_KIND_ENTITY,
  GALLEY_KIND_DATE,
  GALLEY_KIND_QUOTE,
  GALLEY_KIND_FIGURE,
  GALLEY_KIND_CITATION,
  GALLEY_KIND_COUNT
} GalleyKind;

typedef enum { // entity
  GALLEY_ENTITY_OTHER,
  GALLEY_ENTITY_PERSON,
  GALLEY_ENTITY_ORGANIZATION,
  GALLEY_ENTITY_PLACE,
  GALLEY_ENTITY_TYPE_COUNT
} GalleyEntityType;

typedef enum { // date: TIMEX3 types
  GALLEY_DATE_DATE,
  GALLEY_DATE_TIME,
  GALLEY_DATE_DURATION,
  GALLEY_DATE_SET,
  GALLEY_DATE_TYPE_COUNT
} GalleyDateType;

typedef enum {           // quote
  GALLEY_QUOTE_DIRECT,   // a sentence or more of speech
  GALLEY_QUOTE_MIXED,    // a part of the writer's sentence
  GALLEY_QUOTE_INDIRECT, // reported without marks
  GALLEY_QUOTE_TITLE,    // the name of a work; not speech
  GALLEY_QUOTE_SCARE,    // so called; not speech
  GALLEY_QUOTE_TYPE_COUNT
} GalleyQuoteType;

typedef enum { // figure
  GALLEY_FIGURE_NUMBER,
  GALLEY_FIGURE_PERCENT,
  GALLEY_FIGURE_MONEY,
  GALLEY_FIGURE_QUANTITY,
  GALLEY_FIGURE_ORDINAL,
  GALLEY_FIGURE_RANGE,
  GALLEY_FIGURE_RATIO,
  GALLEY_FIGURE_AGE,
  GALLEY_FIGURE_TYPE_COUNT
} GalleyFigureType;

typedef enum {               // citation
  GALLEY_CITATION_NOTE,      // [^x]
  GALLEY_CITATION_NUMBER,    // [3]
  GALLEY_CITATION_KEY,       // [@key, p. 12]
  GALLEY_CITATION_AUTHOR,    // (Smith 2018)
  GALLEY_CITATION_REFERENCE, // Figure 2, Table 1
  GALLEY_CITATION_LINK,      // [text](target), bare URL
  GALLEY_CITATION_TYPE_COUNT
} GalleyCitationType;

enum {                           // GalleySpan.entity.flags
  GALLEY_NAME_AT_START = 1 << 0, // it begins a sentence: its capital says nothing
  GALLEY_NAME_IN_TITLE = 1 << 1, // in a line where most words are capitalised
  GALLEY_NAME_TITLED = 1 << 2,   // a person's title stands before it
  GALLEY_NAME_ACRONYM = 1 << 3,  // one word of capitals
  GALLEY_NAME_OF_USER = 1 << 4,  // the user's own list has it
  GALLEY_NAME_SPEAKS = 1 << 5,   // a cue of speech and a closing quote stand by it
};

// A range of bytes from the first byte of a block; start == end means none.
typedef struct {
  uint32_t start, end;
} GalleyRange;

#define GALLEY_VALUE_SIZE 40 // bytes of a value, NUL included
#define GALLEY_DAY_NONE INT32_MIN

typedef enum { // GalleySpan.state of a quote
  GALLEY_QUOTE_CLOSED,
  GALLEY_QUOTE_CONTINUED, // runs on in a later paragraph that opens again
  GALLEY_QUOTE_UNCLOSED,
} GalleyQuoteState;

typedef enum { // GalleySpan.subtype of a quote: what sets it off
  GALLEY_QUOTE_MARKS,
  GALLEY_QUOTE_LEAD_IN,    // a cue without words of its own; always hidden, read by the resolver
  GALLEY_QUOTE_DASH,       // dialogue after a dash
  GALLEY_QUOTE_BLOCK,      // Markdown block quote
  GALLEY_QUOTE_TRANSCRIPT, // "NAME: ..."
  GALLEY_QUOTE_CLAUSE,     // reported clause
} GalleyQuoteForm;

typedef enum { // how a block names a speaker
  GALLEY_REFERENCE_NONE,
  GALLEY_REFERENCE_NAME,
  GALLEY_REFERENCE_HE, // and who it can stand for
  GALLEY_REFERENCE_SHE,
  GALLEY_REFERENCE_THEY,
  GALLEY_REFERENCE_IT,
  GALLEY_REFERENCE_PERSON,       // "the minister"
  GALLEY_REFERENCE_GROUP,        // "officials"
  GALLEY_REFERENCE_ORGANIZATION, // "the company"
  GALLEY_REFERENCE_DOCUMENT,     // "the report"
  GALLEY_REFERENCE_OTHER,
} GalleyQuoteReference;

enum {                       // GalleySpan.quote.link
  GALLEY_LINK_JOINS = 1,     // goes on from the quote before it in this block
  GALLEY_LINK_NOT_SAID = 2,  // the block denies a speaker: none is inherited
  GALLEY_LINK_OPENS = 4,     // first in its block
  GALLEY_LINK_LEADS_ON = 8,  // the block ends in a colon or comma after it
  GALLEY_LINK_DEFINITE = 16, // "the minister", not "a minister"
};

typedef enum {         // how sure a date's value is
  GALLEY_DATE_STATED,  // all of it is in the text
  GALLEY_DATE_DERIVED, // computed from an anchor that the text or the user states
  GALLEY_DATE_GUESSED, // a year or a direction was chosen
} GalleyDateConfidence;

typedef enum { // what a relative date was counted from
  GALLEY_ANCHOR_NONE,
  GALLEY_ANCHOR_DOCUMENT, // the document date
  GALLEY_ANCHOR_MENTION,  // the last date mentioned
} GalleyDateAnchor;

// What a date says before it is anchored; date_expression.h tells what the fields mean. Private to
// date*.c, kept here for its size.
typedef struct {
  double count;
  int16_t year;
  uint8_t month, day, weekday; // 0 not said
  uint8_t hour, minute, second;
  uint8_t op, unit, which, part, mod, tense;
  uint16_t flags;
} GalleyDateExpression;

typedef struct {
  uint32_t start, end; // bytes from the block's first byte
  uint16_t rule;       // GalleyRule: why this span is here
  uint8_t kind;        // GalleyKind
  uint8_t type;        // Galley<Kind>Type; of an entity: the block's own view of it
  uint8_t subtype;     // per kind, 0 none
  uint8_t state;       // per kind; of a quote GalleyQuoteState (resolved)
  uint8_t hidden;      // resolved: 1 when the rest of the document speaks against it
  uint8_t depth;       // quotes open around it
  // Sentences of the block, from 0; noted where the block has a citation, of a citation the one
  // that it belongs to.
  uint16_t first_sentence, last_sentence;
  // Canonical value as text: TIMEX3 of a date (resolved), decimal of a figure; "" none.
  char value[GALLEY_VALUE_SIZE];
  union {
    struct {
      uint32_t key;       // hash of the folded name without accents; of one word: the word's hash
      uint32_t first;     // hash of its first word
      uint32_t head;      // hash of its last word that is no suffix: a person's surname
      uint32_t initials;  // hash of the first letters of its capitalised words, 0 for one word
      uint32_t cluster;   // resolved: index in the document's clusters
      uint8_t weights[4]; // by GalleyEntityType: how much the block speaks for each, 0-255
      uint8_t words;      // that the name has
      uint8_t flags;      // GALLEY_NAME_...
      uint8_t score;      // 0-255: how sure the block is that this is a name
      uint8_t type;       // resolved: GalleyEntityType
      uint8_t subtype;    // resolved
      uint8_t gender;     // 'm', 'f' or 0, as a title or first name says
    } entity;
    struct {
      GalleyDateExpression expression;
      int32_t first_day, last_day; // resolved: days since 1970-01-01, last inclusive
      uint8_t confidence;          // resolved: GalleyDateConfidence
      uint8_t anchor;              // resolved: GalleyDateAnchor
      uint8_t role;                // 1 begin, 2 end of a range whose other part is a neighbour span
    } date;
    struct {
      GalleyRange content;       // without the marks
      GalleyRange speaker;       // as this block names him; none when it does not
      GalleyRange cue;           // "said"; in this block
      uint16_t cue_rule;         // GalleyRule: why the block gives it to that speaker; 0 none
      uint8_t reference;         // GalleyQuoteReference: how the block names the speaker
      uint8_t link;              // GalleyQuoteLink bits
      uint16_t speaker_rule;     // resolved: why it has the speaker below; 0 none
      uint32_t id;               // resolved: equal for the parts of one quote
      uint32_t speaker_cluster;  // resolved: entity cluster, UINT32_MAX none
      uint32_t speaker_block;    // resolved: block that the speaker is written in, UINT32_MAX none
      GalleyRange speaker_range; // resolved: where in that block
    } quote;
    // The type of a range is that of its unit (10 to 15 percent: percent); a range of bare numbers
    // is GALLEY_FIGURE_RANGE. Either has subtype 1 and value "10..15". A percent's value ends in
    // "%"; points and the rest are plain. Cents are hundredths of the unit: 13 cents are 0.13 USD.
    // The span holds an approximator (more than 400), as a TIMEX3 holds its modifier.
    struct {
      double low, high;   // what the digits stand for: the value and half the last digit either way
      GalleyRange unit;   // as written
      GalleyRange noun;   // what is counted, in this block; its last word is the head
      uint8_t hedge;      // 0 none, '~' about, '<' less than, '>' more than
      uint8_t scale;      // power of ten that a word gave: million 6
      char unit_code[12]; // "percent", "pp", "bp", "USD", "km", "year", "times"; "" none
    } figure;
    struct {
      uint32_t target_start, target_end; // resolved: bytes in the document; equal: none
      GalleyRange label;                 // note, number, key, author and year, or link target
    } citation;
  };
} GalleySpan;

typedef struct {
  GalleySpan *items; // ascending by start, then longer first
  uint32_t count, capacity;
} GalleySpanList;

// Appends a copy of `span`. False when memory ends.
bool galley_span_add(GalleySpanList *self, const GalleySpan *span);
void galley_span_list_sort(GalleySpanList *self);
void galley_span_list_free(GalleySpanList *self);

#endif
