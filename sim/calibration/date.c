#include "calibration/date.h"

#include <stdio.h>
#include <string.h>

static int read_digits(const char *text, int count, int *number)
{
    *number = 0;
    for (int k = 0; k < count; k++) {
        if (text[k] < '0' || text[k] > '9') return 1;
        *number = 10 * *number + (text[k] - '0');
    }
    return 0;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0));
}

int calibration_date_read(const char *text, struct calibration_date *date)
{
    const size_t n = strlen(text);
    *date = (struct calibration_date){0};
    if ((n != 4 && n != 7 && n != 10) || read_digits(text, 4, &date->year) || !date->year) return 1;
    if (n > 4 && (text[4] != '-' || read_digits(text + 5, 2, &date->month) || date->month < 1 || date->month > 12)) return 1;
    if (n == 10 && (text[7] != '-' || read_digits(text + 8, 2, &date->day) || date->day < 1)) return 1;
    return n == 10 && date->day > days_of(date->year, date->month);
}

int calibration_date_month(struct calibration_date date, int last)
{
    return 12 * date.year + (date.month ? date.month - 1 : last ? 11 : 0);
}

/* Days by the civil calendar, years beginning in March (H. Hinnant's algorithm). */
long calibration_date_day(struct calibration_date date, int last)
{
    const int month = date.month ? date.month : last ? 12 : 1, day = date.day ? date.day : last ? days_of(date.year, month) : 1;
    const long year = date.year - (month <= 2), era = year / 400, of_era = year - 400 * era;
    const long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return 146097 * era + 365 * of_era + of_era / 4 - of_era / 100 + of_year - 719468;
}

const char *calibration_date_write(char text[CALIBRATION_DATE_TEXT], int month, int annual)
{
    if (annual) snprintf(text, CALIBRATION_DATE_TEXT, "%04d", month / 12);
    else snprintf(text, CALIBRATION_DATE_TEXT, "%04d-%02d", month / 12, month % 12 + 1);
    return text;
}
