// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/sessionrequest.h"
#include "domain/timestamp.h"

#include <QStringList>
#include <QVector>

#include <optional>

namespace reveille {

/// An application on a device that a SIR can name (requirement S15): a program, or the one that is built in and only
/// registers itself. Any thread.
struct ClientApplication {
    /// When a SIR has it started: before the device connects, or once it has.
    enum class Start : quint8 { BeforeConnecting, AfterConnecting };

    QString name;                 ///< "mms.ua", "x-wap-application:mms.ua" or any other
    std::optional<quint16> port;  ///< client port of its own for WSP pushes, 0 = any free one; not set: none
    QString session;              ///< session identifier on datagram links; empty: none
    Start start = Start::AfterConnecting;
    bool dormant = false;         ///< not registered before a SIR has activated it
    QString program;              ///< empty: the built-in one
    QStringList arguments;        ///< with placeholders (applicationfacts.h)
    Milliseconds longestRun{60000}; ///< then it is ended

    bool isBuiltIn() const { return program.isEmpty(); }

    /// "NAME[,port=PORT][,session=ID][,start=before|after][,dormant][,time=SECONDS][,command=PROGRAM ARGUMENT…]";
    /// the command comes last and may hold commas, double quotes group words, no shell is involved. Errors
    /// application-name, -port, -session, -start, -time, -command, -key (about: the text).
    static Result<ClientApplication> parse(const QString &text);

    static constexpr qsizetype longestName = 255;
    static constexpr int most = 32; ///< on one device
    friend bool operator==(const ClientApplication &, const ClientApplication &) = default;
};

/// Whether two names are those of one application: without case, with or without "x-wap-application:", or by number.
bool isSameApplication(const QString &a, const QString &b);
/// What a SIR names, readable: the name, then its list. "*" for any.
QStringList applicationsOf(const SessionRequest &sir);
/// Whether `application` is one of `names`; "*" is none.
bool namesApplication(const QStringList &names, const QString &application);

} // namespace reveille
