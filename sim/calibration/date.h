/* calibration/date.h - dates of series and schedules: 2025, 2025-04 or 2025-04-03. */
#ifndef PACTOLUS_CALIBRATION_DATE_H
#define PACTOLUS_CALIBRATION_DATE_H

struct calibration_date {
    int year, month, day; /* month, day 0: not given */
};

/* 0, or 1 for what is no date. */
int calibration_date_read(const char *text, struct calibration_date *date);
/* Months since the year 0: of the first (last: 0) or last (1) month that the date may mean. */
int calibration_date_month(struct calibration_date date, int last);
/* Days since 1970-01-01 in the Gregorian calendar: of the first or last day that the date may mean. */
long calibration_date_day(struct calibration_date date, int last);
enum { CALIBRATION_DATE_TEXT = 16 };
/* "2025" where `annual`, else "2025-04". Returns `text`. */
const char *calibration_date_write(char text[CALIBRATION_DATE_TEXT], int month, int annual);
#endif
