// Entities through the document: what mentions share, what edits and the user's names change.
#include "document.h"
#include "entity.h"
#include "gazetteer.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static GalleyDocument *open_text(Test *test, const char *text) {
  GalleyDocument *document = galley_document_new();
  CHECK(test, document && galley_document_edit(document, 0, 0, text, (uint32_t)strlen(text)));
  CHECK(test, galley_document_resolve(document));
  return document;
}

// The mention number `index` of those shown whose text is `name`; NULL when there is none.
static const GalleySpan *mention(const GalleyDocument *document, const char *name, int index) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      uint32_t length = span->end - span->start;
      bool same = span->kind == GALLEY_KIND_ENTITY && !span->hidden && length == strlen(name) &&
                  memcmp(document->text.bytes + block->start + span->start, name, length) == 0;
      if (same && index-- == 0) return span;
    }
  }
  return NULL;
}

static bool set_names(GalleyDocument *document, const char *name, const char *alias, uint8_t type) {
  GalleyNameEntry entries[2] = {{name, (uint32_t)strlen(name), 1, type}};
  if (alias) entries[1] = (GalleyNameEntry){alias, (uint32_t)strlen(alias), 1, type};
  return galley_document_set_names(document, entries, alias ? 2 : 1) &&
         galley_document_resolve(document);
}

static void counts_mentions(Test *test) {
  GalleyDocument *document =
      open_text(test, "Maria Oduya won.\n\nOduya thanked Lena Brandt. Nobody saw Oduya leave.\n");
  const GalleySpan *full = mention(document, "Maria Oduya", 0);
  if (CHECK(test, full)) {
    const GalleyCluster *cluster = &document->clusters[full->entity.cluster];
    CHECK_INT(test, cluster->mention_count, 3);
    CHECK_INT(test, cluster->type, GALLEY_ENTITY_PERSON);
    CHECK_INT(test, cluster->first_block, 0);
  }
  galley_document_free(document);
}

// Resolving writes all that it owns each time: once or twice is the same.
static void resolves_the_same_twice(Test *test) {
  GalleyDocument *document = open_text(test, "Ann Roe left France. The French saw Roe.\n");
  uint32_t clusters = document->cluster_count;
  GalleySpan before = *mention(document, "France", 0);
  document->resolved = false;
  CHECK(test, galley_document_resolve(document));
  CHECK_INT(test, document->cluster_count, clusters);
  const GalleySpan *after = mention(document, "France", 0);
  if (CHECK(test, after)) {
    CHECK_INT(test, after->entity.cluster, before.entity.cluster);
    CHECK_INT(test, after->entity.type, before.entity.type);
    CHECK_INT(test, after->entity.subtype, before.entity.subtype);
    CHECK_INT(test, after->hidden, before.hidden);
  }
  galley_document_free(document);
}

// The full name is written later and gone again: the surname follows.
static void follows_edits(Test *test) {
  GalleyDocument *document = open_text(test, "Nobody had seen Oduya at work.\n");
  const char *more = "\nLater Maria Oduya called.\n";
  uint32_t length = document->text.length;
  CHECK(test, galley_document_edit(document, length, length, more, (uint32_t)strlen(more)));
  CHECK(test, galley_document_resolve(document));
  const GalleySpan *brief = mention(document, "Oduya", 0);
  const GalleySpan *full = mention(document, "Maria Oduya", 0);
  CHECK(test, brief && full && brief->entity.cluster == full->entity.cluster);
  CHECK(test, galley_document_edit(document, length, document->text.length, "", 0));
  CHECK(test, galley_document_resolve(document));
  CHECK(test, !mention(document, "Maria Oduya", 0));
  CHECK_INT(test, document->cluster_count, 1);
  galley_document_free(document);
}

static void takes_names_of_the_user(Test *test) {
  GalleyDocument *document =
      open_text(test, "The old mill press in France broke. Zorbly is red.\n");
  CHECK(test, !mention(document, "mill press", 0));
  CHECK(test, set_names(document, "mill press", "Zorbly", GALLEY_ENTITY_ORGANIZATION));
  const GalleySpan *name = mention(document, "mill press", 0);
  const GalleySpan *alias = mention(document, "Zorbly", 0);
  if (CHECK(test, name && alias)) {
    CHECK_INT(test, name->entity.type, GALLEY_ENTITY_ORGANIZATION);
    CHECK_INT(test, alias->entity.type, GALLEY_ENTITY_ORGANIZATION);
    CHECK_INT(test, name->entity.cluster, alias->entity.cluster);
  }
  CHECK(test, mention(document, "France", 0));
  CHECK(test, galley_document_set_names(document, NULL, 0) && galley_document_resolve(document));
  CHECK(test, !mention(document, "mill press", 0));
  galley_document_free(document);
}

static void types_as_the_user_says(Test *test) {
  GalleyDocument *document = open_text(test, "They met in Paris. Everybody loves Paris.\n");
  CHECK_INT(test, mention(document, "Paris", 0)->entity.type, GALLEY_ENTITY_PLACE);
  CHECK(test, set_names(document, "Paris", NULL, GALLEY_ENTITY_PERSON));
  CHECK_INT(test, mention(document, "Paris", 0)->entity.type, GALLEY_ENTITY_PERSON);
  CHECK_INT(test, mention(document, "Paris", 1)->entity.type, GALLEY_ENTITY_PERSON);
  galley_document_free(document);
}

static void leaves_what_is_no_name(Test *test) {
  GalleyDocument *document = open_text(test, "They met Europol in France.\n");
  CHECK(test, mention(document, "Europol", 0));
  CHECK(test, set_names(document, "Europol", NULL, GALLEY_NOT_A_NAME));
  CHECK(test, !mention(document, "Europol", 0));
  CHECK(test, mention(document, "France", 0));
  galley_document_free(document);
}

// An entry's capitals are asked for, its small letters are not.
static void heeds_capitals_of_entries(Test *test) {
  GalleyDocument *document = open_text(test, "The zorbly broke. The Zorbly broke. ZORBLY broke.\n");
  CHECK(test, set_names(document, "Zorbly", NULL, GALLEY_ENTITY_OTHER));
  CHECK(test, !mention(document, "zorbly", 0));
  CHECK(test, mention(document, "Zorbly", 0));
  CHECK(test, mention(document, "ZORBLY", 0));
  galley_document_free(document);
}

static void knows_words_and_phrases(Test *test) {
  uint32_t hash = GALLEY_HASH_START, united = GALLEY_HASH_START, nations = GALLEY_HASH_START;
  for (const char *c = "france"; *c; c++)
    hash = galley_hash_byte(hash, (unsigned char)*c);
  for (const char *c = "united"; *c; c++)
    united = galley_hash_byte(united, (unsigned char)*c);
  for (const char *c = "nations"; *c; c++)
    nations = galley_hash_byte(nations, (unsigned char)*c);
  CHECK(test, galley_gazetteer_word(hash) & GALLEY_KNOWN(GALLEY_KNOWN_COUNTRY));
  CHECK(test, !(galley_gazetteer_word(hash) & GALLEY_KNOWN(GALLEY_KNOWN_COMMON)));
  uint32_t phrase = galley_gazetteer_phrase(galley_gazetteer_join(united, nations));
  CHECK(test, phrase & GALLEY_PHRASE(GALLEY_KNOWN_GOVERNMENT));
  CHECK_INT(test, galley_gazetteer_phrase(galley_gazetteer_join(nations, united)), 0);
}

// Long runs of capitals are cut into stretches and never lost or overrun.
static void takes_long_runs(Test *test) {
  enum { WORDS = 5000 };
  char *text = malloc(WORDS * 6 + 1);
  if (!CHECK(test, text)) return;
  for (int i = 0; i < WORDS; i++)
    memcpy(text + i * 6, i % 3 ? "Halde " : "HALDN ", 6);
  text[WORDS * 6] = '\0';
  GalleyDocument *document = open_text(test, text);
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++)
      CHECK(test, spans->items[j].start < spans->items[j].end);
  }
  galley_document_free(document);
  free(text);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"counts the mentions of a thing", counts_mentions},
      {"resolves the same twice", resolves_the_same_twice},
      {"follows edits", follows_edits},
      {"takes names of the user, with aliases", takes_names_of_the_user},
      {"types as the user says", types_as_the_user_says},
      {"leaves what is no name", leaves_what_is_no_name},
      {"heeds the capitals of entries", heeds_capitals_of_entries},
      {"knows words and phrases", knows_words_and_phrases},
      {"takes long runs of capitals", takes_long_runs},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
