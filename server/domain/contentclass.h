// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <optional>

namespace reveille {

/// Content that a terminal acts on without asking anybody, so that who sends it takes hold of it. An initiator needs a right for
/// each of these; staff does not. Any thread.
enum class ContentClass : quint8 {
    Provisioning,   ///< settings and device management: connectivity (OMA-WAP-ProvCont), browser settings, SyncML
    ServiceLoading, ///< fetches a page, or empties a cache: WAP-168, WAP-175
    Session         ///< our own control messages: a Session Initiation Request
};
const char *toText(ContentClass content); ///< "provisioning", "service_loading", "session"
std::optional<ContentClass> contentClassFromText(QStringView text);
inline constexpr int contentClasses = 3;

/// Of a push with this media type (parameters are not looked at) for this application; empty for all other content. What is
/// packed into a multipart is not looked at (wire/contentclasses.h).
std::optional<ContentClass> contentClassOf(QStringView contentType, QStringView application);

} // namespace reveille
