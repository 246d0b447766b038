// The one file that knows tree-sitter's trees: see syntax.h. All calls of it that may allocate go
// through galley_syntax_memory_run; when it fails, what it was to work on is gone.
#include "syntax.h"

#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

#include "syntax_memory.h"

const TSLanguage *tree_sitter_article(void);

// What a node of the tree is to a walk.
enum {
  ROLE_OTHER, // the document, blank lines
  ROLE_BLOCK,
  ROLE_LEAF,
  ROLE_QUOTE,
};

typedef struct {
  uint8_t role;
  uint8_t kind;  // GalleyBlockKind or GalleyLeafKind
  uint8_t level; // of the block that a leaf of this kind marks
} Role;

// Read once, when a parser is made.
static const struct {
  const char *name;
  Role role;
} role_names[] = {
    {"paragraph", {ROLE_BLOCK, GALLEY_BLOCK_PARAGRAPH, 0}},
    {"heading", {ROLE_BLOCK, GALLEY_BLOCK_HEADING, 0}},
    {"list_item", {ROLE_BLOCK, GALLEY_BLOCK_LIST_ITEM, 0}},
    {"block_quote", {ROLE_BLOCK, GALLEY_BLOCK_BLOCK_QUOTE, 0}},
    {"table", {ROLE_BLOCK, GALLEY_BLOCK_TABLE, 0}},
    {"note", {ROLE_BLOCK, GALLEY_BLOCK_NOTE, 0}},
    {"reference", {ROLE_BLOCK, GALLEY_BLOCK_REFERENCE, 0}},
    {"code_block", {ROLE_BLOCK, GALLEY_BLOCK_CODE, 0}},
    {"front_matter", {ROLE_BLOCK, GALLEY_BLOCK_FRONT_MATTER, 0}},
    {"markup_block", {ROLE_BLOCK, GALLEY_BLOCK_MARKUP, 0}},
    {"h1_mark", {ROLE_LEAF, GALLEY_LEAF_MARK, 1}},
    {"h2_mark", {ROLE_LEAF, GALLEY_LEAF_MARK, 2}},
    {"h3_mark", {ROLE_LEAF, GALLEY_LEAF_MARK, 3}},
    {"h4_mark", {ROLE_LEAF, GALLEY_LEAF_MARK, 4}},
    {"h5_mark", {ROLE_LEAF, GALLEY_LEAF_MARK, 5}},
    {"h6_mark", {ROLE_LEAF, GALLEY_LEAF_MARK, 6}},
    {"h1_underline", {ROLE_LEAF, GALLEY_LEAF_MARK, 1}},
    {"h2_underline", {ROLE_LEAF, GALLEY_LEAF_MARK, 2}},
    {"list_mark_1", {ROLE_LEAF, GALLEY_LEAF_MARK, 1}},
    {"list_mark_2", {ROLE_LEAF, GALLEY_LEAF_MARK, 2}},
    {"list_mark_3", {ROLE_LEAF, GALLEY_LEAF_MARK, 3}},
    {"list_mark_4", {ROLE_LEAF, GALLEY_LEAF_MARK, 4}},
    {"block_quote_mark_1", {ROLE_LEAF, GALLEY_LEAF_MARK, 1}},
    {"block_quote_mark_2", {ROLE_LEAF, GALLEY_LEAF_MARK, 2}},
    {"block_quote_mark_3", {ROLE_LEAF, GALLEY_LEAF_MARK, 3}},
    {"note_mark", {ROLE_LEAF, GALLEY_LEAF_MARK, 0}},
    {"reference_mark", {ROLE_LEAF, GALLEY_LEAF_MARK, 0}},
    {"table_bar", {ROLE_LEAF, GALLEY_LEAF_MARK, 0}},
    {"table_rule", {ROLE_LEAF, GALLEY_LEAF_MARK, 0}},
    {"text", {ROLE_LEAF, GALLEY_LEAF_TEXT, 0}},
    {"name", {ROLE_LEAF, GALLEY_LEAF_NAME, 0}},
    {"figure", {ROLE_LEAF, GALLEY_LEAF_FIGURE, 0}},
    {"stop", {ROLE_LEAF, GALLEY_LEAF_STOP, 0}},
    {"break", {ROLE_LEAF, GALLEY_LEAF_BREAK, 0}},
    {"emphasis", {ROLE_LEAF, GALLEY_LEAF_EMPHASIS, 0}},
    {"quote_open", {ROLE_LEAF, GALLEY_LEAF_QUOTE_OPEN, 0}},
    {"quote_close", {ROLE_LEAF, GALLEY_LEAF_QUOTE_CLOSE, 0}},
    {"code", {ROLE_LEAF, GALLEY_LEAF_CODE, 0}},
    {"url", {ROLE_LEAF, GALLEY_LEAF_URL, 0}},
    {"link", {ROLE_LEAF, GALLEY_LEAF_LINK, 0}},
    {"citation", {ROLE_LEAF, GALLEY_LEAF_CITATION, 0}},
    {"handle", {ROLE_LEAF, GALLEY_LEAF_HANDLE, 0}},
    {"hashtag", {ROLE_LEAF, GALLEY_LEAF_HASHTAG, 0}},
    {"markup", {ROLE_LEAF, GALLEY_LEAF_MARKUP, 0}},
    {"other", {ROLE_LEAF, GALLEY_LEAF_OTHER, 0}},
    {"code_text", {ROLE_LEAF, GALLEY_LEAF_CODE, 0}},
    {"front_matter_text", {ROLE_LEAF, GALLEY_LEAF_OTHER, 0}},
    {"markup_text", {ROLE_LEAF, GALLEY_LEAF_MARKUP, 0}},
    {"quote", {ROLE_QUOTE, 0, 0}},
};

struct GalleySyntax {
  GalleySyntaxMemory memory; // of parser and tree
  TSParser *parser;          // NULL when memory ended: the next parse makes another
  TSTree *tree;              // NULL before the first parse
  Role *roles;               // by symbol
  uint32_t role_count;
};

struct GalleyBlockCursor {
  GalleySyntaxMemory memory; // of the cursor
  const GalleySyntax *syntax;
  TSTreeCursor cursor; // on a child of the document
  uint32_t byte;       // where the walk was asked to begin
  bool begun;
  bool done;
  bool failed;
};

static Role role_of_name(const char *name) {
  for (size_t i = 0; name && i < sizeof role_names / sizeof *role_names; i++) {
    if (strcmp(role_names[i].name, name) == 0) return role_names[i].role;
  }
  return (Role){ROLE_OTHER, 0, 0};
}

static bool roles_init(GalleySyntax *self, const TSLanguage *language) {
  self->role_count = ts_language_symbol_count(language);
  self->roles = calloc(self->role_count, sizeof *self->roles);
  if (!self->roles) return false;
  for (uint32_t i = 0; i < self->role_count; i++) {
    self->roles[i] = role_of_name(ts_language_symbol_name(language, (TSSymbol)i));
  }
  return true;
}

static Role syntax_role(const GalleySyntax *self, TSNode node) {
  TSSymbol symbol = ts_node_symbol(node);
  return symbol < self->role_count ? self->roles[symbol] : (Role){ROLE_OTHER, 0, 0};
}

static void make_parser(void *argument) {
  GalleySyntax *self = argument;
  TSParser *parser = ts_parser_new();
  if (ts_parser_set_language(parser, tree_sitter_article())) {
    self->parser = parser;
  } else {
    ts_parser_delete(parser);
  }
}

static void delete_tree(void *argument) {
  GalleySyntax *self = argument;
  if (self->tree) ts_tree_delete(self->tree);
  self->tree = NULL;
}

// Does work on parser and tree. False when memory ended: then there are none.
static bool run(GalleySyntax *self, void (*work)(void *), void *argument) {
  if (galley_syntax_memory_run(&self->memory, work, argument)) return true;
  self->parser = NULL;
  self->tree = NULL;
  return false;
}

static bool has_parser(GalleySyntax *self) {
  return self->parser || (run(self, make_parser, self) && self->parser);
}

GalleySyntax *galley_syntax_new(void) {
  GalleySyntax *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  galley_syntax_memory_init(&self->memory);
  if (!roles_init(self, tree_sitter_article()) || !has_parser(self)) {
    galley_syntax_free(self);
    return NULL;
  }
  return self;
}

void galley_syntax_free(GalleySyntax *self) {
  if (!self) return;
  galley_syntax_memory_clear(&self->memory);
  free(self->roles);
  free(self);
}

typedef struct {
  GalleySyntax *syntax;
  const GalleyText *text;
  const TSInputEdit *edit; // NULL: none
} Parse;

// Parses, with the old tree where there is one, and replaces it.
static void parse(void *argument) {
  const Parse *self = argument;
  GalleySyntax *syntax = self->syntax;
  const char *bytes = self->text->bytes ? self->text->bytes : "";
  if (self->edit) ts_tree_edit(syntax->tree, self->edit);
  TSTree *tree = ts_parser_parse_string(syntax->parser, syntax->tree, bytes, self->text->length);
  delete_tree(syntax);
  syntax->tree = tree;
  if (!tree) ts_parser_reset(syntax->parser);
}

static bool syntax_parse(GalleySyntax *self, const GalleyText *text, const TSInputEdit *edit) {
  Parse work = {self, text, edit};
  return has_parser(self) && run(self, parse, &work) && self->tree;
}

void galley_syntax_drop(GalleySyntax *self) {
  run(self, delete_tree, self);
}

bool galley_syntax_parse(GalleySyntax *self, const GalleyText *text) {
  galley_syntax_drop(self);
  return syntax_parse(self, text, NULL);
}

bool galley_syntax_prepare(GalleySyntax *self, const GalleyText *text) {
  return self->tree || syntax_parse(self, text, NULL);
}

static bool byte_is_wide(const GalleyText *text, uint32_t byte) {
  return (unsigned char)text->bytes[byte] >= 0x80;
}

// tree-sitter takes the lookahead of a token as one byte past the character it read last, while to
// decode a character it reads up to four: an edit beside one may change how its bytes decode. So an
// edit is widened over the wide bytes around it, four at most, and one byte more on the left for
// the token that ended there.
static GalleyEdit edit_widen(const GalleyText *text, GalleyEdit edit) {
  uint32_t before = 0;
  while (before < 4 && edit.start > 0 && byte_is_wide(text, edit.start - 1)) {
    edit.start--;
    before++;
  }
  if (edit.start > 0) edit.start--;
  for (uint32_t i = 0; i < 4 && edit.new_end < text->length && byte_is_wide(text, edit.new_end);
       i++) {
    edit.new_end++;
    edit.old_end++;
  }
  return edit;
}

bool galley_syntax_edit(GalleySyntax *self, const GalleyText *text, GalleyEdit edit) {
  if (!self->tree) return syntax_parse(self, text, NULL);
  edit = edit_widen(text, edit);
  // Rows and columns of the tree are never read: bytes serve as columns of one row.
  TSInputEdit input = {
      .start_byte = edit.start,
      .old_end_byte = edit.old_end,
      .new_end_byte = edit.new_end,
      .start_point = {0, edit.start},
      .old_end_point = {0, edit.old_end},
      .new_end_point = {0, edit.new_end},
  };
  return syntax_parse(self, text, &input);
}

static void open_cursor(void *argument) {
  GalleyBlockCursor *self = argument;
  self->cursor = ts_tree_cursor_new(ts_tree_root_node(self->syntax->tree));
  self->done = ts_tree_cursor_goto_first_child_for_byte(&self->cursor, self->byte) < 0;
}

// Does work with the cursor. False when memory ended: then it stands nowhere.
static bool run_cursor(GalleyBlockCursor *self, void (*work)(void *), void *argument) {
  if (galley_syntax_memory_run(&self->memory, work, argument)) return true;
  self->cursor = (TSTreeCursor){0};
  self->done = self->failed = true;
  return false;
}

GalleyBlockCursor *galley_block_cursor_new(const GalleySyntax *self, uint32_t byte) {
  GalleyBlockCursor *cursor = calloc(1, sizeof *cursor);
  if (!cursor) return NULL;
  galley_syntax_memory_init(&cursor->memory);
  cursor->syntax = self;
  cursor->byte = byte;
  cursor->done = !self->tree;
  if (cursor->done || run_cursor(cursor, open_cursor, cursor)) return cursor;
  galley_block_cursor_free(cursor);
  return NULL;
}

void galley_block_cursor_free(GalleyBlockCursor *cursor) {
  if (!cursor) return;
  galley_syntax_memory_clear(&cursor->memory);
  free(cursor);
}

bool galley_block_cursor_failed(const GalleyBlockCursor *cursor) {
  return cursor->failed;
}

// The end of what a block shows: its last token, the line end, is hidden.
static uint32_t block_end(TSNode node) {
  uint32_t count = ts_node_child_count(node);
  return count > 0 ? ts_node_end_byte(ts_node_child(node, count - 1)) : ts_node_end_byte(node);
}

// The level is that of the block's mark, which comes first, or last when it underlines a heading.
static uint8_t block_level(const GalleySyntax *self, TSNode node, uint8_t kind) {
  bool leveled = kind == GALLEY_BLOCK_HEADING || kind == GALLEY_BLOCK_LIST_ITEM ||
                 kind == GALLEY_BLOCK_BLOCK_QUOTE;
  uint32_t count = leveled ? ts_node_child_count(node) : 0;
  if (count == 0) return 0;
  uint8_t level = syntax_role(self, ts_node_child(node, 0)).level;
  return level > 0 ? level : syntax_role(self, ts_node_child(node, count - 1)).level;
}

typedef struct {
  GalleyBlockCursor *cursor;
  GalleyBlock *block;
  bool found;
} NextBlock;

static void find_next(void *argument) {
  NextBlock *self = argument;
  GalleyBlockCursor *cursor = self->cursor;
  GalleyBlock *block = self->block;
  while (!cursor->done) {
    if (cursor->begun && !ts_tree_cursor_goto_next_sibling(&cursor->cursor)) break;
    cursor->begun = true;
    TSNode node = ts_tree_cursor_current_node(&cursor->cursor);
    Role role = syntax_role(cursor->syntax, node);
    if (role.role != ROLE_BLOCK) continue;
    block->start = ts_node_start_byte(node);
    block->end = block_end(node);
    block->kind = role.kind;
    block->level = block_level(cursor->syntax, node, role.kind);
    // The first block found may end where the byte that is asked for begins.
    self->found = block->end > cursor->byte;
    if (self->found) return;
  }
  cursor->done = true;
}

bool galley_block_cursor_next(GalleyBlockCursor *cursor, GalleyBlock *block) {
  NextBlock work = {cursor, block, false};
  return !cursor->done && run_cursor(cursor, find_next, &work) && work.found;
}

bool galley_leaf_list_add(GalleyLeafList *self, GalleyLeaf leaf) {
  if (self->count == self->capacity) {
    uint32_t capacity = self->capacity ? self->capacity * 2 : 64;
    if (capacity < self->capacity) return false;
    GalleyLeaf *items = realloc(self->items, capacity * sizeof *items);
    if (!items) return false;
    self->items = items;
    self->capacity = capacity;
  }
  self->items[self->count++] = leaf;
  return true;
}

typedef struct {
  GalleyBlockCursor *cursor;
  GalleyLeafList *leaves;
  bool complete;
} ReadLeaves;

static void read_leaves(void *argument) {
  ReadLeaves *self = argument;
  TSTreeCursor *walk = &self->cursor->cursor;
  uint8_t depth = 0;
  uint32_t level = 0; // below the block
  if (!ts_tree_cursor_goto_first_child(walk)) return;
  for (level = 1; level > 0;) {
    TSNode node = ts_tree_cursor_current_node(walk);
    Role role = syntax_role(self->cursor->syntax, node);
    if (role.role == ROLE_QUOTE && self->complete && ts_tree_cursor_goto_first_child(walk)) {
      level++;
      depth++;
      continue;
    }
    if (role.role == ROLE_LEAF && self->complete) {
      GalleyLeaf leaf = {ts_node_start_byte(node), ts_node_end_byte(node), role.kind, depth};
      self->complete = galley_leaf_list_add(self->leaves, leaf);
    }
    while (level > 0 && !ts_tree_cursor_goto_next_sibling(walk)) {
      ts_tree_cursor_goto_parent(walk);
      level--;
      if (level > 0) depth--;
    }
  }
}

bool galley_block_cursor_leaves(GalleyBlockCursor *cursor, GalleyLeafList *leaves) {
  if (cursor->failed) return false;
  if (cursor->done || !cursor->begun) return true;
  ReadLeaves work = {cursor, leaves, true};
  return run_cursor(cursor, read_leaves, &work) && work.complete;
}

void galley_leaf_list_free(GalleyLeafList *self) {
  free(self->items);
  *self = (GalleyLeafList){NULL, 0, 0};
}

typedef struct {
  TSNode root;
  char *text;
} WriteNode;

static void write_node(void *argument) {
  WriteNode *self = argument;
  char *written = ts_node_string(self->root);
  size_t size = strlen(written) + 1;
  self->text = malloc(size);
  if (self->text) memcpy(self->text, written, size);
}

char *galley_syntax_sexp(const GalleySyntax *self) {
  if (!self->tree) return calloc(1, 1);
  GalleySyntaxMemory memory;
  WriteNode work = {ts_tree_root_node(self->tree), NULL};
  galley_syntax_memory_init(&memory);
  galley_syntax_memory_run(&memory, write_node, &work);
  galley_syntax_memory_clear(&memory);
  return work.text;
}

bool galley_syntax_has_error(const GalleySyntax *self) {
  return self->tree && ts_node_has_error(ts_tree_root_node(self->tree));
}

static bool node_equal(TSNode a, TSNode b) {
  return ts_node_symbol(a) == ts_node_symbol(b) && ts_node_start_byte(a) == ts_node_start_byte(b) &&
         ts_node_end_byte(a) == ts_node_end_byte(b) && ts_node_has_error(a) == ts_node_has_error(b);
}

// Steps to the next node in the order of the text: 1 down, 2 beside, -n up by n and beside, 0 end.
static int cursor_step(TSTreeCursor *cursor) {
  if (ts_tree_cursor_goto_first_child(cursor)) return 1;
  if (ts_tree_cursor_goto_next_sibling(cursor)) return 2;
  for (int up = 1; ts_tree_cursor_goto_parent(cursor); up++) {
    if (ts_tree_cursor_goto_next_sibling(cursor)) return -up;
  }
  return 0;
}

typedef struct {
  TSNode a, b;
  bool equal;
} CompareTrees;

static void compare_trees(void *argument) {
  CompareTrees *self = argument;
  TSTreeCursor left = ts_tree_cursor_new(self->a), right = ts_tree_cursor_new(self->b);
  bool equal = true;
  for (int step = 1; equal && step != 0;) {
    equal = node_equal(ts_tree_cursor_current_node(&left), ts_tree_cursor_current_node(&right));
    step = cursor_step(&left);
    if (step != cursor_step(&right)) equal = false;
  }
  self->equal = equal;
}

bool galley_syntax_equal(const GalleySyntax *a, const GalleySyntax *b) {
  if (!a->tree || !b->tree) return a->tree == b->tree;
  GalleySyntaxMemory memory;
  CompareTrees work = {ts_tree_root_node(a->tree), ts_tree_root_node(b->tree), false};
  galley_syntax_memory_init(&memory);
  galley_syntax_memory_run(&memory, compare_trees, &work);
  galley_syntax_memory_clear(&memory);
  return work.equal;
}
