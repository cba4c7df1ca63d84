// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipbuilder.h"

#include <QRandomGenerator>

namespace reveille {

namespace {

QByteArray randomLetters(int count)
{
    static constexpr char letters[] = "0123456789abcdefghijklmnopqrstuv";
    QByteArray text(count, Qt::Uninitialized);
    quint64 bits = 0;
    for (int i = 0; i < count; ++i) {
        if (i % 12 == 0)
            bits = QRandomGenerator::system()->generate64();
        text[i] = letters[bits & 31];
        bits >>= 5;
    }
    return text;
}

} // namespace

QByteArray sipReason(int status)
{
    struct Reason {
        int status;
        const char *text;
    };
    static constexpr Reason reasons[] = {
        {100, "Trying"},
        {180, "Ringing"},
        {181, "Call Is Being Forwarded"},
        {182, "Queued"},
        {183, "Session Progress"},
        {200, "OK"},
        {202, "Accepted"},
        {204, "No Notification"},
        {300, "Multiple Choices"},
        {301, "Moved Permanently"},
        {302, "Moved Temporarily"},
        {305, "Use Proxy"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {407, "Proxy Authentication Required"},
        {408, "Request Timeout"},
        {410, "Gone"},
        {412, "Conditional Request Failed"},
        {413, "Request Entity Too Large"},
        {414, "Request-URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Unsupported URI Scheme"},
        {420, "Bad Extension"},
        {421, "Extension Required"},
        {423, "Interval Too Brief"},
        {430, "Flow Failed"},
        {439, "First Hop Lacks Outbound Support"},
        {480, "Temporarily Unavailable"},
        {481, "Call/Transaction Does Not Exist"},
        {482, "Loop Detected"},
        {483, "Too Many Hops"},
        {484, "Address Incomplete"},
        {485, "Ambiguous"},
        {486, "Busy Here"},
        {487, "Request Terminated"},
        {488, "Not Acceptable Here"},
        {489, "Bad Event"},
        {491, "Request Pending"},
        {493, "Undecipherable"},
        {500, "Server Internal Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Server Time-out"},
        {505, "Version Not Supported"},
        {513, "Message Too Large"},
        {555, "Push Notification Service Not Supported"},
        {600, "Busy Everywhere"},
        {603, "Decline"},
        {604, "Does Not Exist Anywhere"},
        {606, "Not Acceptable"},
    };
    for (const Reason &reason : reasons) {
        if (reason.status == status)
            return reason.text;
    }
    return "Unknown";
}

QByteArray newSipBranch()
{
    return "z9hG4bK" + randomLetters(20);
}

QByteArray newSipTag()
{
    return randomLetters(16);
}

QByteArray newSipCallId()
{
    return randomLetters(24);
}

} // namespace reveille
