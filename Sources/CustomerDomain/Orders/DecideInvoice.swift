extension Decision {
    /// Nothing is sent from here; so an order that was cancelled or paid back has its invoice all the same.
    func requestInvoice(_ number: String, to email: EmailAddress?) throws(Rejection) -> [Decided] {
        guard let order = facts.order(number) else { throw .orderNotFound(number) }
        let customer = survivor(of: order.customer)
        let subject = try subject(facts.standing(of: customer).id)
        let own = facts.profile(of: customer).email
        if let email, email.normalized != own?.normalized {
            let request = InvoiceRequested(orderNumber: number, recipient: .other, email: email)
            return subject.events([.invoiceRequested(request)])
        }
        if own == nil { throw .noEmail(subject.id) }
        if facts.contacts(of: customer).email.suppression != nil { throw .emailSuppressed(subject.id) }
        return subject.events([.invoiceRequested(InvoiceRequested(orderNumber: number, recipient: .customer))])
    }
}
