// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/carriercodes.h"

namespace reveille {

namespace {

constexpr CodeText outcomes[] = {
    {"ready", QT_TRANSLATE_NOOP("reveille::Sentences", "ready")},
    {"networks-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "no network is named that it may send to")},
    {"asked-to-wait", QT_TRANSLATE_NOOP("reveille::Sentences", "it asked to be left alone for a while")},
    {"address-not-url", QT_TRANSLATE_NOOP("reveille::Sentences", "the address is not an http address")},
    {"connection-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "no connection came about")},
    {"http-response", QT_TRANSLATE_NOOP("reveille::Sentences", "the answer is not HTTP")},
    {"http-header-too-large", QT_TRANSLATE_NOOP("reveille::Sentences", "the head of the answer is too large")},
    {"http-body-too-large", QT_TRANSLATE_NOOP("reveille::Sentences", "the answer is too large")},
    {"http-body-cut", QT_TRANSLATE_NOOP("reveille::Sentences", "the answer was cut off")},
    {"address-not-sip", QT_TRANSLATE_NOOP("reveille::Sentences", "the address is not a SIP URI")},
    {"gruu-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "the address is not a GRUU")},
    {"gruu-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "the GRUU is not one of this server")},
    {"gruu-of-other-user", QT_TRANSLATE_NOOP("reveille::Sentences", "the GRUU is that of another user")},
    {"flow-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "the device of the GRUU has no live path")},
    {"service-runs", QT_TRANSLATE_NOOP("reveille::Sentences", "the service runs")},
    {"server-stopping", QT_TRANSLATE_NOOP("reveille::Sentences", "the service stops")},
    {"phone-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "no phone is connected")},
    {"phone-silent", QT_TRANSLATE_NOOP("reveille::Sentences", "the phone did not answer")},
    {"phone-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "the phone did not take it")},
    {"phone-settings", QT_TRANSLATE_NOOP("reveille::Sentences", "the configuration of the phone is wrong")},
    {"phone-sent", QT_TRANSLATE_NOOP("reveille::Sentences", "the phone sent it")},
    {"phone-answers", QT_TRANSLATE_NOOP("reveille::Sentences", "the phone answers")},
    {"login-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "Kannel does not take the user or its password")},
};

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

std::span<const CodeText> carrierOutcomes()
{
    return outcomes;
}

} // namespace reveille
