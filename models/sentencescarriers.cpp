// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/carriercodes.h"

namespace reveille {

namespace {

constexpr CodeText errors[] = {
    {"address-not-sip", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a SIP URI.")},
    {"gruu-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a GRUU.")},
    {"gruu-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "The GRUU %1 is not one of this server.")},
    {"gruu-of-other-user", QT_TRANSLATE_NOOP("reveille::Sentences", "The GRUU is that of another user, %1.")},
    {"flow-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "The device %1 has no live path.")},
    {"sip-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "SIP is not served, so no bearer can use it: %1.")},
    {"address-not-url", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not an http address.")},
    {"name-not-found", QT_TRANSLATE_NOOP("reveille::Sentences", "The name %1 cannot be resolved.")},
    {"connection-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "The connection was refused: %1.")},
    {"connection-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "No connection came about: %1.")},
    {"tls-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "TLS did not come about, or its certificate is not trusted: %1.")},
    {"no-answer", QT_TRANSLATE_NOOP("reveille::Sentences", "No answer came: %1.")},
};

} // namespace

std::span<const CodeText> carrierErrors()
{
    return errors;
}

} // namespace reveille
