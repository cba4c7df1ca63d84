// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/timestamp.h"
#include "wire/httpmessage.h"

#include <QString>

#include <optional>

namespace reveille {

/// How soon a push should be there (RFC 8030 section 5.3).
enum class WebPushUrgency : quint8 { VeryLow, Low, Normal, High };
const char *toText(WebPushUrgency urgency); ///< "very-low", "low", "normal", "high"
std::optional<WebPushUrgency> webPushUrgencyFromText(QStringView text);

/// What the fields of a push over Web Push ask for. Pure, any thread.
struct WebPushTerms {
    Milliseconds lifetime{0};    ///< TTL, as asked; at most longestLifetime. 0 = now or never
    WebPushUrgency urgency = WebPushUrgency::Normal;
    QString topic;               ///< a push of the same topic that still waits is replaced; empty: none
    bool wantsReceipt = false;   ///< Prefer: respond-async
    QString contentType;         ///< "application/octet-stream" where the request has none
    QString contentEncoding;     ///< empty for a push without content

    static constexpr qsizetype longestTopic = 32;
    static constexpr Milliseconds longestLifetime{4294967295LL * 1000}; ///< what is more is cut to this

    /// Errors: webpush-ttl (section 5.2: missing, several, or no number), webpush-urgency (several, or another word),
    /// webpush-topic (section 5.4: several, empty, over 32 characters, or others than those of base64url), content-encoding
    /// (anything but aes128gcm, RFC 8291 section 4; about: what it is).
    static Result<WebPushTerms> parse(const HttpRequest &request);
    friend bool operator==(const WebPushTerms &, const WebPushTerms &) = default;
};

} // namespace reveille
