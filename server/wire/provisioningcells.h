// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/provisioningcsv.h"

namespace reveille {

/// Private parts of the provisioning reader: one cell at a time. Pure functions, any thread.

std::optional<ProvisioningColumn> provisioningColumnFromText(const QString &name);
/// Puts what a cell says into the row; the codes are those of ProvisioningReader::next().
Result<Done> takeCell(ProvisionedRow &row, ProvisioningColumn column, const QString &text);

} // namespace reveille
