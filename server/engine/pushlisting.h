// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/explanation.h"
#include "domain/pushquery.h"
#include "domain/result.h"

#include <functional>

namespace reveille {

class Engine;

/// Pushes of all time: what is in memory as it stands, the rest as the store has it. Answers come on the server thread,
/// those from memory from within the call. The engine outlives them.

/// A page after all that is staged for the store was written, so that no push that was accepted is missing. `device` may be
/// spelled in any way. Errors of the store.
void listPushes(Engine &engine, const PushQuery &query, std::function<void(Result<PushPage>)> done);
/// One push with its body. Errors push-unknown, those of the store.
void findPush(Engine &engine, const PushId &id, std::function<void(Result<Push>)> done);
/// Why its devices were chosen or not, and what came of it. The checks are kept while the push is in memory, and after that in the
/// journal; once that has dropped them, what came of it is told alone, and the explanation is not complete. Errors push-unknown,
/// those of the store.
void findExplanation(Engine &engine, const PushId &id, std::function<void(Result<Explanation>)> done);

} // namespace reveille
