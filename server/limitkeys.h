// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/faultplan.h"
#include "engine/pinholelearner.h"
#include "engine/pushdispatcher.h"
#include "engine/pushresources.h"

#include <QMap>
#include <QString>
#include <QVector>

namespace reveille {

struct DatagramSettings;
struct HttpSettings;
struct MsrpSettings;
struct OtaHttpSettings;
struct RegistryLimits;
struct SipSettings;
struct WebPushSettings;

/// A key of the configuration that says how much is taken from peers, and nothing else; docs/limits.md says what each
/// does. The default stands in the settings that it goes into. Any thread.
struct LimitKey {
    const char *name; ///< section/key
    qint64 least;
    qint64 most;
    const char *limit; ///< the name in docs/limits.md, a member of the settings
};

/// Every one, by section.
const QVector<LimitKey> &limitKeys();

/// Puts those that were given into the settings; the others stay as they are.
void applyLimits(const QMap<QString, qint64> &given, SipSettings &settings);
void applyLimits(const QMap<QString, qint64> &given, MsrpSettings &settings);
void applyLimits(const QMap<QString, qint64> &given, OtaHttpSettings &settings);
void applyLimits(const QMap<QString, qint64> &given, DatagramSettings &settings);
void applyLimits(const QMap<QString, qint64> &given, RegistryLimits &limits);
void applyLimits(const QMap<QString, qint64> &given, WriteBehind::Limits &limits);
void applyLimits(const QMap<QString, qint64> &given, PinholeLearner::Settings &settings);
void applyLimits(const QMap<QString, qint64> &given, PushDispatcher::Limits &limits);
void applyLimits(const QMap<QString, qint64> &given, FaultPlan::Settings &settings);
void applyLimits(const QMap<QString, qint64> &given, HttpSettings &settings);
void applyLimits(const QMap<QString, qint64> &given, PushResources::Limits &limits);
void applyLimits(const QMap<QString, qint64> &given, WebPushSettings &settings);
/// What they are in settings that nobody has changed.
QMap<QString, qint64> limitDefaults();

} // namespace reveille
