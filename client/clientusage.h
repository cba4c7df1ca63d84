// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCommandLineParser;

namespace reveille {

/// The options of reveille-client and what its help says of them.
void declareClientOptions(QCommandLineParser &parser);

} // namespace reveille
