/* contract/ledger.h - the accounts of a partner: every flow belongs to exactly one line, and the lines of a path add up to the
   value captured exactly (base/money.h). */
#ifndef PACTOLUS_CONTRACT_LEDGER_H
#define PACTOLUS_CONTRACT_LEDGER_H

enum contract_line {
    LINE_OWN_MARGIN,
    LINE_JOINT_PROFIT,
    LINE_TARIFF,
    LINE_SUBSIDY,
    LINE_TRANSFERS,
    LINE_RENEGOTIATION,
    LINE_FRICTION,
    LINE_CAPEX,
    LINE_TAX,
    LINE_DEBT,
    LINE_EXIT,
    LINE_OBLIGATIONS,
    LINE_KNOW_HOW,
    LINE_CAPITAL,
    LINE_TERMINAL,
    LINE_STANDALONE_FORGONE,
    LINES
};

struct contract_line_text {
    const char *name;     /* label in results */
    const char *sentence; /* for people */
};
extern const struct contract_line_text contract_line_texts[LINES];
#endif
