// What the words around say about a date: whether it is one at all, and when it is.
#ifndef GALLEY_DATE_CONTEXT_H
#define GALLEY_DATE_CONTEXT_H

#include "date_parts.h"

// Tense of the verbs nearest to tokens [first, end) in their sentence.
DateTense galley_date_tense(const GalleyBlockView *block, uint32_t first, uint32_t end);

// Whether a word that is also a name, a verb or a number means the month, weekday, year or season
// here. `at` is its token; of a season or a part of the day `the` tells that "the" stands before
// it.
bool galley_date_is_month(const GalleyBlockView *block, uint32_t at);
// True when the month at `at`, although taken for one, may be a person: not after "in" or "last".
bool galley_date_is_name_like(const GalleyBlockView *block, uint32_t at);
bool galley_date_is_weekday(const GalleyBlockView *block, uint32_t at);
bool galley_date_is_year(const GalleyBlockView *block, uint32_t first, uint32_t end, int32_t year);
bool galley_date_is_season(const GalleyBlockView *block, uint32_t at, bool the);

// True when the token before `at` is one of the words of a mask of DATE_WORD(...).
#define DATE_WORD(glue) (UINT64_C(1) << GLUE_##glue)
bool galley_date_after(const GalleyBlockView *block, uint32_t at, uint64_t glues);

// True when a noun phrase can end before token `at`: what stands there is no noun of it.
bool galley_date_phrase_ends(const GalleyBlockView *block, uint32_t at);

// True when token `at` is a word in lower case that the lexicon does not know as a function word.
bool galley_date_is_noun(const GalleyBlockView *block, uint32_t at);

// True when token `at` is a word whose bytes, folded to ASCII lower case, are `word`.
bool galley_date_spells(const GalleyBlockView *block, uint32_t at, const char *word);

#endif
