// The checks: what users see of them, and the first tests.
#include "check.h"

const GalleyCheckRow galley_checks[GALLEY_CHECK_COUNT] = {
    [GALLEY_CHECK_PERCENT_CHANGE] =
        {"percent-change", GALLEY_SEVERITY_WARN, GALLEY_NEEDS_TEXT,
         "A stated change is what comes out of the figures before and after",
         "Traffic rose 580% to 700,000 from 125,313.",
         "Traffic rose 459% to 700,000 from 125,313."},
    [GALLEY_CHECK_DIRECTION] = {"direction", GALLEY_SEVERITY_WARN, GALLEY_NEEDS_TEXT,
                                "A rise ends higher than it began, a fall lower",
                                "Membership fell from 412 to 530.",
                                "Membership rose from 412 to 530."},
    [GALLEY_CHECK_FACTOR] = {"factor", GALLEY_SEVERITY_WARN, GALLEY_NEEDS_TEXT,
                             "Doubled, tripled and halved fit the figures before and after",
                             "Sales doubled from 1,200 to 3,900.",
                             "Sales doubled from 1,200 to 2,390."},
    [GALLEY_CHECK_PERCENT_POINT] = {"percent-point", GALLEY_SEVERITY_WARN, GALLEY_NEEDS_TEXT,
                                    "The difference of two percentages is in points",
                                    "Unemployment rose 1% to 5% from 4%.",
                                    "Unemployment rose one percentage point to 5% from 4%."},
    [GALLEY_CHECK_RATIO_PERCENT] = {"ratio-percent", GALLEY_SEVERITY_WARN, GALLEY_NEEDS_TEXT,
                                    "A share in percent is that of the part in the whole beside it",
                                    "Of those asked, 36 of 50 (62%) agreed.",
                                    "Of those asked, 36 of 50 (72%) agreed."},
    [GALLEY_CHECK_PERCENT_IMPOSSIBLE] =
        {"percent-impossible", GALLEY_SEVERITY_INFO, GALLEY_NEEDS_TEXT,
         "A share of a few things is that of a whole number of them",
         "Exactly 33.5% of the 25 patients recovered.",
         "Exactly 36% of the 25 patients recovered."},
    [GALLEY_CHECK_PARTS_TOTAL] = {"parts-total", GALLEY_SEVERITY_WARN, GALLEY_NEEDS_TEXT,
                                  "Listed parts and table rows add up to the total stated",
                                  "The council has 41 members (22 women and 17 men).",
                                  "The council has 41 members (22 women and 19 men)."},
};
