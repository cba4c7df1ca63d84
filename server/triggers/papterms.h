// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"
#include "wire/pap.h"

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
    QString sourceReference;
    std::optional<PapQualityOfService> quality;
    QVector<Refused> refused;  ///< other recipients of the same submission that got no push

    QByteArray bytes() const;
    /// What cannot be read is left at its default: it was written by another version of this program, or by nobody.
    static PapTerms fromBytes(const QByteArray &bytes);
    friend bool operator==(const PapTerms &, const PapTerms &) = default;
};

/// How a push stands, in PAP's words (wire-facts 6.3).
struct PapOutcome {
    PapMessageState state = PapMessageState::Unknown;
    int code = 0;
    Timestamp time;
    std::optional<PapQualityOfService> quality; ///< really used; where the submission asked for any
};
PapOutcome papOutcome(const Push &push, const PapTerms &terms);

/// resultnotification-message for a push that has ended.
QByteArray papNotification(const Push &push);
/// The same for a recipient that was refused with the rest of its submission accepted.
QByteArray papRefusalNotification(const QString &pushId, const PapTerms &terms, const PapTerms::Refused &refused,
                                  Timestamp time);

/// A document of ours, ready to send.
QByteArray papAnswer(PapVersion version, bool tellVersions, PapBody body);

} // namespace reveille
