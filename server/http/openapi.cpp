// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/openapi.h"

#include "http/httprouter.h"

#include <QFile>

namespace reveille {

void addOpenApi(HttpRouter &router)
{
    router.add("GET", "/openapi.yaml", [](const HttpCall &, const HttpReply &reply) {
        QFile file(QStringLiteral(":/reveille/http/openapi.yaml"));
        HttpResponse response;
        response.headers.add("Content-Type", "application/yaml");
        if (file.open(QIODevice::ReadOnly))
            response.body = file.readAll();
        reply.send(std::move(response));
    }, {.bodyLimit = 1024});
}

} // namespace reveille
