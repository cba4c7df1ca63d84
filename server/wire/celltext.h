// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/wakeroute.h"

#include <QStringList>

namespace reveille {

/// Lists within one cell or one argument. An item that holds : ; < > [ ] or spaces at its ends is written in angle
/// brackets, a > in it twice; an IPv6 address may stand in square brackets. Pure functions, any thread.

/// "sms:+491701234567:2948;wsp-udp:10.0.0.1:2948;http:<http://10.0.0.2:8080/wake>". The port may be left out. Errors:
/// route-missing-address, route-ambiguous (several colons without brackets), route-brackets, routes-too-many (16), those
/// of ClientPort and of checkedRoute().
Result<QVector<WakeRoute>> routesFromText(QStringView text);
/// What routesFromText() reads back.
QString routesToText(const QVector<WakeRoute> &routes);

/// A provisioned route fit to be kept: phone numbers of sms and ussd routes as digits, IP addresses of wsp-udp routes in
/// one spelling. Errors: route-bearer (empty), address-empty, and those of Msisdn and IpAddress.
Result<WakeRoute> checkedRoute(WakeRoute route);

/// "mail;x-wap-application:mms.ua". Errors: list-brackets, list-too-long (100). `literal` tells which stood in brackets.
Result<QStringList> listFromText(QStringView text, QVector<bool> *literal = nullptr);
/// Numbers stand in brackets, since alone they may mean a registered name.
QString listToText(const QStringList &items);

} // namespace reveille
