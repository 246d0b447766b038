// The families of checks. Each reports by galley_check_begin; false when memory ends.
#ifndef GALLEY_CHECK_FAMILY_H
#define GALLEY_CHECK_FAMILY_H

#include "check.h"

// Of a block.
bool galley_check_sentences(GalleyCheckBlock *block); // those of check_sentence.h
bool galley_check_grid(GalleyCheckBlock *block);      // parts-total, in Markdown tables
bool galley_check_range(GalleyCheckBlock *block);     // range-order of numbers and years
bool galley_check_unit(GalleyCheckBlock *block);      // unit-pairs
bool galley_check_scale(GalleyCheckBlock *block);     // scale-slip: "$5m million"
bool galley_check_calendar(GalleyCheckBlock *block);  // date-impossible, ordinal-suffix
bool galley_check_words(GalleyCheckBlock *block);     // word-doubled, placeholder
bool galley_check_review(GalleyCheckBlock *block);    // superlative, ageing-word

// Of the document.
bool galley_check_lead(GalleyCheckRun *run);        // headline-figure, lead-figure, same-quantity
bool galley_check_currency(GalleyCheckRun *run);    // currency-pairs
bool galley_check_scale_pairs(GalleyCheckRun *run); // scale-slip: figures a thousand apart
bool galley_check_day_range(GalleyCheckRun *run);   // range-order of days
bool galley_check_notes(GalleyCheckRun *run);       // note-orphan and the other checks of citations
bool galley_check_days(GalleyCheckRun *run);        // weekday-date, wrong-year, duration-since-year
bool galley_check_repeats(GalleyCheckRun *run);     // paragraph-doubled
bool galley_check_quotes(GalleyCheckRun *run);      // quote-unclosed and the other checks of marks
bool galley_check_names(GalleyCheckRun *run);       // name-variant, surname-only, acronym-undefined
bool galley_check_ages(GalleyCheckRun *run);        // age-birth, age-two-values
bool galley_check_lists(GalleyCheckRun *run);       // list-count
bool galley_check_numbering(GalleyCheckRun *run);   // numbering-gap

#endif
