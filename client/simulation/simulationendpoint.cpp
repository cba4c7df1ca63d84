// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/simulation/simulationendpoint.h"

#include "client/endpoint.h"

namespace reveille {

Result<SimulationEndpoint> SimulationEndpoint::parse(const QString &text)
{
    const QString written = text.endsWith(u":0") ? text.chopped(2) : text;
    const std::optional<HostAndPort> place = splitHostAndPort(written);
    SimulationEndpoint endpoint{QHostAddress(place ? place->host : QString()),
                                place ? place->port : quint16(0)};
    if (endpoint.address.isNull())
        return Error{"endpoint-value", text.left(64)};
    return endpoint;
}

QString SimulationEndpoint::toString() const
{
    return endpointText(address, port);
}

} // namespace reveille
