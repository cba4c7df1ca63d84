// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

namespace reveille {

/// The port on the terminal at which one client listens (requirement R2); 1..65535. Any thread.
class ClientPort
{
public:
    static constexpr quint16 wapPush = 2948; ///< connectionless push, every push client (wire-facts 2.4)

    ClientPort() = default;
    explicit ClientPort(quint16 port) : m_port(port) {}
    /// Decimal text. Errors: port-empty, port-characters, port-range.
    static Result<ClientPort> parse(QStringView text);

    quint16 number() const { return m_port; }
    bool isSet() const { return m_port != 0; }
    friend bool operator==(ClientPort, ClientPort) = default;

private:
    quint16 m_port = 0;
};

} // namespace reveille
