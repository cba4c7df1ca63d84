// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/explanation.h"
#include "domain/push.h"
#include "wire/pap.h"
#include "wire/papstatus.h"

namespace reveille {

/// What PAP remembers with each push (PushRequest::terms), so that it can answer later in the sender's own words. Any thread.
struct PapTerms {
    struct Refused {
        QString address;
        int code = 0;
        friend bool operator==(const Refused &, const Refused &) = default;
    };
    PapVersion version;
    bool tellVersions = false; ///< answers carry wap-pap-ver
    QString address;           ///< as written
    QStringList otherAddresses; ///< of the same submission that mean the same user
    std::optional<PapQualityOfService> quality;
    QVector<Refused> refused;  ///< other recipients of the same submission that got no push

    QByteArray bytes() const;
    /// Whether these are terms of PAP: other protocols leave other things with a push, or nothing.
    static bool areIn(const QByteArray &bytes);
    QStringList addresses() const { return QStringList{address} + otherAddresses; }
    /// What cannot be read is left at its default: it was written by another version of this program, or by nobody.
    static PapTerms fromBytes(const QByteArray &bytes);
    friend bool operator==(const PapTerms &, const PapTerms &) = default;
};

/// How a push stands, in PAP's words (WAP-247 section 8.10). Its `delivered` is our Delivered already: the answer of the
/// device is what PAP calls confirmed, and nobody waits for more. `confirmed` and `preferconfirmed` ask the application too;
/// its word changes `desc` and the time in answers to status queries.
struct PapOutcome {
    PapMessageState state = PapMessageState::Unknown;
    int code = 0;
    Timestamp time;
    std::optional<PapQualityOfService> quality; ///< really used, as far as it is known; where the submission asked for any
    QString confirmed; ///< in the place of the text of the code; empty where nobody did
};
/// `why`: of a push that no device was chosen for, where it is still known.
PapOutcome papOutcome(const Push &push, const PapTerms &terms, const std::optional<Explanation> &why = {});
/// The code, or where it may not stand there that of its class or 4000.
int papCodeAt(PapPlace place, int code);

/// resultnotification-message for a push that has ended, one for each address of its user.
QVector<QByteArray> papNotifications(const Push &push, const std::optional<Explanation> &why = {});
/// The same for a recipient that was refused with the rest of its submission accepted.
QByteArray papRefusalNotification(const QString &pushId, const PapTerms &terms, const PapTerms::Refused &refused,
                                  Timestamp time);

/// A document of ours, ready to send.
QByteArray papAnswer(PapVersion version, bool tellVersions, PapBody body);

} // namespace reveille
