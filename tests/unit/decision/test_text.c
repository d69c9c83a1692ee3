#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#include "decision/decision.h"

/* A name is a word of results: lower case, no other name like it. */
static void expect_word(const char *name, int k)
{
    cr_assert(name && *name, "%d", k);
    cr_expect_eq(strspn(name, "abcdefghijklmnopqrstuvwxyz_"), strlen(name), "%s", name);
}

Test(decision_text, every_cause_has_a_name_of_its_own_and_words_for_people)
{
    for (int c = 0; c < CAUSES; c++) {
        const struct decision_cause_text *text = &decision_cause_texts[c];
        expect_word(text->name, c);
        cr_expect(text->sentence && isupper((unsigned char)text->sentence[0]), "%s", text->name);
        for (int d = 0; d < c; d++) {
            cr_expect_str_neq(text->name, decision_cause_texts[d].name);
            cr_expect_str_neq(text->sentence, decision_cause_texts[d].sentence);
        }
    }
}

Test(decision_text, every_phase_and_mode_has_a_name)
{
    for (int k = 0; k < PHASES; k++) expect_word(decision_phase_names[k], k);
    for (int k = 0; k < MODES; k++) expect_word(decision_mode_names[k], k);
    cr_expect_str_eq(decision_phase_names[PHASE_WIND_DOWN], "wind_down");
    cr_expect_str_eq(decision_mode_names[MODE_NORMAL], "normal");
}
