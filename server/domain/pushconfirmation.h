// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"
#include "domain/result.h"

namespace reveille {

/// Word of a device that its application, or the person before it, has a push. Any thread.
///
/// A push asks for it (PushRequest::confirm). Then a delivery may go from Delivered to Confirmed, once, until the push's
/// end of life; without the word it stays Delivered. The word may come before the answer that makes a delivery Delivered,
/// or in its stead where that answer was lost on the way: then both steps are taken.
struct PushConfirmation {
    enum class By : quint8 {
        Application, ///< a program took it, such as a client that got a message (RFC 5438 section 7.2.1.1)
        User,        ///< somebody has it before them (RFC 5438 section 7.2.1.3)
    };
    PushId push;
    DeviceId device; ///< that says so, proven as far as its connection proves it
    By by = By::Application;
    QString over;    ///< "sip", "coap", "ota_http"
    bool isDenial = false; ///< it says that its application did not take it
};
const char *toText(PushConfirmation::By by); ///< "by-application", "by-user"

enum class ConfirmationStep : quint8 {
    Confirms,
    Delivers, ///< it had not been heard yet that the device took it; and confirms
    Repeats,  ///< confirmed before: nothing changes
};

/// What a word changes. Errors, with which nothing does: push-unknown (there is none, or none for that device),
/// confirmation-unasked, confirmation-negative (a denial), confirmation-early (never sent to it), confirmation-late (its life
/// is over, or it ended otherwise).
Result<ConfirmationStep> judgeConfirmation(const Push *push, const PushConfirmation &word, Timestamp now);

} // namespace reveille
