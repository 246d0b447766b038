-- Small ways to break the core and the scanner, a few in each part: file, what goes wrong, the text
-- that is there once, and the text that takes its place. See mutate.lua.

return {
  -- text, tree, tokens
  {
    "plugin/core/text.c",
    "the row of a line's first byte is the row before",
    "if (self->line_starts[middle] > byte) {",
    "if (self->line_starts[middle] >= byte) {",
  },
  {
    "plugin/core/text.c",
    "an inserted line begins at its newline",
    "self->line_starts[from++] = at + 1;",
    "self->line_starts[from++] = at;",
  },
  {
    "plugin/core/syntax.c",
    "an edit is widened over one byte of a character before it, not all",
    "while (before < 4 && edit.start > 0 && byte_is_wide(text, edit.start - 1)) {",
    "while (before < 1 && edit.start > 0 && byte_is_wide(text, edit.start - 1)) {",
  },
  {
    "plugin/core/token.c",
    "the commas of a number end it",
    "bool separator = (c == ',' || c == '.') && end + 1 < self->end &&",
    "bool separator = c == '.' && end + 1 < self->end &&",
  },
  {
    "plugin/core/token.c",
    "no word begins a sentence behind an abbreviation",
    "return !self->abbreviated || token->classes & GALLEY_IS(GALLEY_CLASS_STARTER);",
    "return !self->abbreviated;",
  },
  {
    "plugin/core/document.c",
    "the block behind an edit does not move with it",
    "for (uint32_t i = from + fresh->count; i < count; i++)",
    "for (uint32_t i = from + fresh->count + 1; i < count; i++)",
  },
  {
    "plugin/core/document.c",
    "what an edit closes in the block above it is not seen",
    "if (distance > GALLEY_SYNTAX_REACH || has_blank_line(&self->text, before_end, end)) break;",
    "break;",
  },

  -- scanner
  {
    "grammars/article/src/scan_line.h",
    "six # make no heading",
    "if (line.level < 7 && line.indent < 4) {",
    "if (line.level < 6 && line.indent < 4) {",
  },
  {
    "grammars/article/src/scan_block.h",
    "front matter ends at two marks",
    "if (count != 3 || !class_ends_line(scan_class(scan))) continue;",
    "if (count < 2 || !class_ends_line(scan_class(scan))) continue;",
  },
  {
    "grammars/article/src/scan_quote.h",
    "’90s opens a quote",
    "if (digits == 2) return length == 2 || (length == 3 && word[2] == 's');",
    "if (digits == 2) return length == 2;",
  },
  {
    "grammars/article/src/scan_quote.h",
    "« closes",
    "    return scan_angle(scan, next, true, QUOTE_GUILLEMET);",
    "    return scan_angle(scan, next, false, QUOTE_GUILLEMET);",
  },
  {
    "grammars/article/src/scan_markup.h",
    "code ends at ticks of any number",
    "      if (run != count) continue;\n",
    "",
  },

  -- dates
  {
    "plugin/core/calendar.c",
    "the days of the week are one late",
    "int32_t weekday = (days + 3) % 7;",
    "int32_t weekday = (days + 2) % 7;",
  },
  {
    "plugin/core/date_numeric.c",
    "a year of two digits turns at 30",
    "return year < 40 ? 2000 + year : 1900 + year;",
    "return year < 30 ? 2000 + year : 1900 + year;",
  },
  {
    "plugin/core/date_holiday.c",
    "Thanksgiving is a week late",
    '{"thanksgiving", NTH_WEEKDAY, 11, 4, 22},',
    '{"thanksgiving", NTH_WEEKDAY, 11, 4, 29},',
  },
  {
    "plugin/core/date_clock.c",
    "12 a.m. is noon",
    "  if (word == WORD_AM && capture->e.hour == 12) capture->e.hour = 0;\n",
    "",
  },
  {
    "plugin/core/date_resolve.c",
    "last Thursday, said on a Thursday, is that day",
    "found = day - (back ? back : 7);",
    "found = day - back;",
  },
  {
    "plugin/core/date_value.c",
    "the winter of a January is that of its year",
    "return galley_date_period_of(unit, index ? civil.year : civil.year - 1, index ? index : 4);",
    "return galley_date_period_of(unit, civil.year, index ? index : 4);",
  },

  -- figures
  {
    "plugin/core/figure_amount.c",
    "a cent is a tenth",
    "amount->number.value.exponent -= 2;",
    "amount->number.value.exponent -= 1;",
  },
  {
    "plugin/core/figure_decimal.c",
    "a decimal comma has one digit behind it at most",
    "bool decimal_comma = commas == 1 && end - last_comma <= 3;",
    "bool decimal_comma = commas == 1 && end - last_comma <= 2;",
  },
  {
    "plugin/core/figure_guard.c",
    "(202) 555-0147 is a figure",
    "    return groups == 2;\n",
    "    return false;\n",
  },
  {
    "plugin/core/figure_context.c",
    "at most is at least",
    "{FIGURE_PART_MOST, FIGURE_PART_AT, FIGURE_PART_NONE, '<', true},",
    "{FIGURE_PART_MOST, FIGURE_PART_AT, FIGURE_PART_NONE, '>', true},",
  },

  -- quotes
  {
    "plugin/core/quote.c",
    "a nickname may be a sentence",
    "if (look->words > NICKNAME_WORDS || look->stops || item == 0) return false;",
    "if (look->words > NICKNAME_WORDS || item == 0) return false;",
  },
  {
    "plugin/core/quote_bind.c",
    "what stands in a subject is said by it",
    "if (!cues->tag && !is_in_subject(scene, quote)) cues->tag = one;",
    "if (!cues->tag) cues->tag = one;",
  },
  {
    "plugin/core/quote_resolve.c",
    "a pronoun may stand for who is named within a quote",
    "      if (span->kind != GALLEY_KIND_ENTITY || span->hidden || span->depth > 0) continue;\n"
      .. "      uint32_t cluster",
    "      if (span->kind != GALLEY_KIND_ENTITY || span->hidden) continue;\n      uint32_t cluster",
  },

  -- names
  {
    "plugin/core/entity_link.c",
    "a surname joins a person of the other gender",
    "return galley_form_gender(brief) * galley_form_gender(full) >= 0;",
    "return true;",
  },
  {
    "plugin/core/entity_resolve.c",
    "the shortest mention is the canonical name",
    "return span->end - span->start > name->end - name->start;",
    "return span->end - span->start < name->end - name->start;",
  },
  {
    "plugin/core/entity_mend.c",
    "a title stays part of the name",
    "      tagging->labels[i - 1] = 0;\n",
    "",
  },
  {
    "plugin/core/names.c",
    "the first of the writer's names for a word wins, not the longest",
    "if (a->count != b->count) return a->count > b->count ? -1 : 1;",
    "if (a->count != b->count) return a->count < b->count ? -1 : 1;",
  },

  -- citations
  {
    "plugin/core/citation_target.c",
    "Smith 2018a is Smith 2018",
    "uint32_t length = word_end(text, at + 4) == at + 5 ? 5 : 4; // 2018a",
    "uint32_t length = 4;",
  },

  -- checks
  {
    "plugin/core/check_day.c",
    "the day offered for a weekday is off by one",
    "int32_t delta = (stated - actual + 10) % 7 - 3;",
    "int32_t delta = (stated - actual + 9) % 7 - 3;",
  },
  {
    "plugin/core/check_range.c",
    "1998-99 is no range",
    "digits_of(view, &pair->high.number) < digits_of(view, &pair->low.number);",
    "digits_of(view, &pair->high.number) > digits_of(view, &pair->low.number);",
  },
  {
    "plugin/core/check_age.c",
    "nobody is older on their birthday",
    "(today.month == birth.month && today.day >= birth.day);",
    "(today.month == birth.month && today.day > birth.day);",
  },
  {
    "plugin/core/check_note.c",
    "a note that is cited once is not cited",
    "for (uint32_t j = i + 1; j < list->count && list->items[j].hash == item->hash && !cited; j++)",
    "for (uint32_t j = i + 2; j < list->count && list->items[j].hash == item->hash && !cited; j++)",
  },
  {
    "plugin/core/check_unit.c",
    "a mile has 1,509 metres",
    '{"mi", LENGTH, 1609.344, 0},',
    '{"mi", LENGTH, 1509.344, 0},',
  },
  {
    "plugin/core/check_interval.c",
    "an interval is multiplied by a negative factor without turning",
    "return factor < 0 ? (GalleyInterval){a.high * factor, a.low * factor}\n"
      .. "                    : (GalleyInterval){a.low * factor, a.high * factor};",
    "return (GalleyInterval){a.low * factor, a.high * factor};",
  },

  -- sources
  {
    "plugin/core/match_pick.c",
    "a word's first passage is not found",
    "for (uint32_t j = term->first; j < term[1].first; j++)",
    "for (uint32_t j = term->first + 1; j < term[1].first; j++)",
  },
  {
    "plugin/core/source_index.c",
    "forty-two is two",
    "  if (value > 0 && value < 10) value += before;\n",
    "  (void)before;\n",
  },
  {
    "plugin/core/match_amount.c",
    "more than 40 does not agree with 44",
    "if (by->hedge == '>') return within(is, value, value * 1.15);",
    "if (by->hedge == '>') return within(is, value * 0.87, value);",
  },

  -- the binding
  {
    "plugin/core/lua_span.c",
    "of spans within each other the outermost is at the cursor",
    "if (!best || span->end - span->start <= best->end - best->start) best = span;",
    "if (!best || span->end - span->start >= best->end - best->start) best = span;",
  },
}
