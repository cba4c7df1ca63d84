// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sir.h"

#include <QByteArrayView>

namespace reveille {

/// Fields with their places in the user data of all parts of one push, in order, each part but the last with
/// 140 octets (what the bearer of SMS notes in the journal). Names: part, user_data_header, destination_port,
/// originator_port, reference, error; the push that the parts carry as in explainWspPush(), a field across
/// two parts reaching over the header between them. Any thread.
QVector<DecodedField> explainSms(QByteArrayView octets);

/// The same of a USSD string (wire/ussdtext.h). Of one in text the fields of the push have the place of the
/// whole text.
QVector<DecodedField> explainUssd(QByteArrayView octets);

} // namespace reveille
