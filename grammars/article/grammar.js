/**
 * Articles in plain text or Markdown, for galley.nvim.
 *
 * The rules hold only what nests: a document is sections of chunks of blocks, a block is leaves and
 * quotes.
 * Every token comes from the external scanner (src/scanner.c), which decides by its own state and
 * never fails, so that no input gives an ERROR node and nothing is skipped: tokens tile the text.
 *
 * Each structure starts and ends with a token, never with a bare repeat, or tree-sitter would call
 * it fragile and reparse it after every edit. The document's own repeat is such a one: sections and
 * chunks cut it, at blocks chosen by their content, so that an edit costs the root of its length.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

module.exports = grammar({
  name: 'article',

  extras: _ => [],

  // The order is that of enum Symbol in src/scan.h.
  externals: $ => [
    // between blocks
    $.blank,
    $._chunk_end,
    $._section_end,
    // a block's first token: zero width, says what the block is
    $._paragraph_start,
    $._heading_start,
    $._list_item_start,
    $._block_quote_start,
    $._table_start,
    $._note_start,
    $._reference_start,
    // blocks that are one token
    $.code_text,
    $.front_matter_text,
    $.markup_text,
    // a block's last token: the line end
    $._end,
    // marks
    $.h1_mark,
    $.h2_mark,
    $.h3_mark,
    $.h4_mark,
    $.h5_mark,
    $.h6_mark,
    $.h1_underline,
    $.h2_underline,
    $.list_mark_1,
    $.list_mark_2,
    $.list_mark_3,
    $.list_mark_4,
    $.block_quote_mark_1,
    $.block_quote_mark_2,
    $.block_quote_mark_3,
    $.note_mark,
    $.reference_mark,
    $.table_bar,
    $.table_rule,
    // inline leaves
    $.text,
    $.name,
    $.figure,
    $.stop,
    $.break,
    $.emphasis,
    $.code,
    $.url,
    $.link,
    $.citation,
    $.handle,
    $.hashtag,
    $.markup,
    $.other,
    // quotes
    $.quote_open,
    $.quote_close,
    $._quote_end, // zero width: the quote is left open by its paragraph
    $._peek, // zero width: the scanner has looked ahead and remembers what it saw
    $._never, // in no rule: valid only while tree-sitter recovers from an error
  ],

  rules: {
    document: $ => repeat($._section),

    _section: $ => seq($._chunk, repeat($._chunk), $._section_end),
    _chunk: $ => seq($._unit, repeat($._unit), $._chunk_end),

    _unit: $ =>
      choice(
        $.blank,
        $.paragraph,
        $.heading,
        alias($._underlined_heading, $.heading),
        $.list_item,
        $.block_quote,
        $.table,
        alias($._ruled_table, $.table),
        $.note,
        $.reference,
        $.code_block,
        $.front_matter,
        $.markup_block,
      ),

    paragraph: $ => seq($._paragraph_start, repeat($._item), $._end),

    heading: $ => seq($._heading_start, $._heading_mark, repeat($._item), $._end),
    _heading_mark: $ =>
      choice($.h1_mark, $.h2_mark, $.h3_mark, $.h4_mark, $.h5_mark, $.h6_mark),

    _underlined_heading: $ =>
      seq($._paragraph_start, repeat($._item), $._underline, $._end),
    _underline: $ => choice($.h1_underline, $.h2_underline),

    list_item: $ => seq($._list_item_start, $._list_mark, repeat($._item), $._end),
    _list_mark: $ => choice($.list_mark_1, $.list_mark_2, $.list_mark_3, $.list_mark_4),

    block_quote: $ =>
      seq($._block_quote_start, $._block_quote_mark, repeat($._item), $._end),
    _block_quote_mark: $ =>
      choice($.block_quote_mark_1, $.block_quote_mark_2, $.block_quote_mark_3),

    table: $ => seq($._table_start, repeat(choice($._item, $.table_bar)), $._end),

    // A table without outer bars shows itself only at its second line.
    _ruled_table: $ =>
      seq(
        $._paragraph_start,
        repeat($._item),
        $.table_rule,
        repeat(choice($._item, $.table_bar)),
        $._end,
      ),

    note: $ => seq($._note_start, $.note_mark, repeat($._item), $._end),

    reference: $ => seq($._reference_start, $.reference_mark, repeat($._item), $._end),

    code_block: $ => seq($.code_text, $._end),
    front_matter: $ => seq($.front_matter_text, $._end),
    markup_block: $ => seq($.markup_text, $._end),

    quote: $ =>
      seq($.quote_open, repeat($._item), choice($.quote_close, $._quote_end)),

    _item: $ =>
      choice(
        $.text,
        $.name,
        $.figure,
        $.stop,
        $.break,
        $.emphasis,
        $.code,
        $.url,
        $.link,
        $.citation,
        $.handle,
        $.hashtag,
        $.markup,
        $.other,
        $.quote,
        $._peek,
      ),
  },
});
