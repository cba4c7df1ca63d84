// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace reveille {

class HttpRouter;

/// GET /openapi.yaml: the description of all HTTP interfaces, as installed (OpenAPI 3.1). Server thread.
void addOpenApi(HttpRouter &router);

} // namespace reveille
