// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientevent.h"
#include "client/pushclientsettings.h"
#include "domain/result.h"

#include <QObject>
#include <QThread>
#include <QVector>

namespace reveille {

/// The devices of the demo: push clients with real sockets in a thread of their own. GUI thread; every order returns at
/// once, what the devices do comes back as happened().
class DemoFleet : public QObject
{
    Q_OBJECT
public:
    explicit DemoFleet(QObject *parent = nullptr);
    ~DemoFleet() override; ///< stops the devices and waits

    /// Ends those there are and starts these.
    void start(const QVector<PushClientSettings> &devices);
    void stop();

Q_SIGNALS:
    void happened(const reveille::DeviceId &device, const reveille::ClientEvent &event);
    void failed(const reveille::Error &error);

private:
    class Crew;
    QThread m_thread;
    Crew *m_crew; ///< lives in m_thread, deleted there
};

} // namespace reveille
