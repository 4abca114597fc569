"""Las guardas: cada una mira el caso y calla, o lo rechaza con la razón y lo que sí es posible."""

from __future__ import annotations

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import Caso, adjuntos, cargos_que_pueden, negar, ruta_de
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.etiquetas import CLASES_EVIDENCIA, ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Paso
from sgc_gt.dominio.organizacion import Investidura
from sgc_gt.errores import ActoNoPermitido, NoEncontrado


def estado(caso: Caso) -> None:
    acto, vista = caso.acto, caso.situacion
    etiqueta = ETIQUETAS[acto.nombre]
    if acto.nombre in tabla.ABREN_CODIGO:
        if caso.ficha is not None:
            raise negar(
                caso,
                f"el código {caso.pedido.codigo} ya está usado («{caso.ficha.identidad.get('titulo', '')}»)",
                "un código que nunca se haya usado: no se reutilizan",
                "pida otro código, o abra una nueva versión del documento existente",
            )
        return
    if vista is None:
        raise NoEncontrado(
            f"el código {caso.pedido.codigo} no existe", hacer="vea los códigos con: sgc-gt estado"
        )
    estado = caso.version.estado if caso.version else ""
    if acto.nombre == "regir":
        if caso.version is None:
            raise negar(caso, "no hay una versión emitida que espere su fecha")
        return
    if caso.version is None or estado not in acto.desde:
        actual = (
            ", ".join(f"versión {v.version}: {ESTADOS[v.estado]}" for v in vista.vivas())
            or "sin versión viva"
        )
        raise negar(
            caso,
            f"no se puede {etiqueta}: {actual}",
            " o ".join(ESTADOS[e] for e in acto.desde),
        )
    if acto.quien == "paso":
        espera = caso.version.espera
        if espera is None or espera.acto != acto.nombre:
            pendiente = f"; su ruta espera «{ETIQUETAS[espera.acto]}»" if espera else ""
            raise negar(caso, f"no corresponde {etiqueta} la versión {caso.version.version}{pendiente}")


def fecha(caso: Caso) -> None:
    p, vista = caso.pedido, caso.situacion
    hoy = p.registrado.date()
    if p.fecha > hoy:
        raise negar(
            caso,
            f"la fecha del acto, {imprimir_fecha(p.fecha)}, es futura (hoy es {imprimir_fecha(hoy)})",
            "una fecha hasta hoy; la vigencia sí puede ser futura (--vigente-desde)",
            "repita el acto con la fecha en que ocurrió",
        )
    ultimo = vista.ultimo if vista else None
    if ultimo and p.fecha < ultimo.fecha:
        raise negar(
            caso,
            f"la fecha {imprimir_fecha(p.fecha)} es anterior al último acto del documento "
            f"({ETIQUETAS[ultimo.acto]}, {imprimir_fecha(ultimo.fecha)})",
            f"una fecha desde el {imprimir_fecha(ultimo.fecha)}",
            "las fechas de un documento no retroceden: revise la fecha o la evidencia",
        )
    if p.fecha != hoy and p.acto not in ("regir", "registrar") and not adjuntos(p.evidencia):
        raise negar(
            caso,
            f"la fecha {imprimir_fecha(p.fecha)} no es la de hoy y no hay evidencia que la diga",
            "un adjunto con esa fecha (--adjunto)",
            "adjunte el documento que prueba la fecha, o registre el acto con fecha de hoy",
        )


def quien(caso: Caso) -> Investidura:
    p = caso.pedido
    if caso.acto.quien == "sistema":
        return Investidura("sistema", "titular")
    admitidos = cargos_que_pueden(caso)
    if p.cargo:
        admitidos = tuple(c for c in admitidos if c == p.cargo)
    for cargo in admitidos:
        investidura = caso.organizacion.investidura(p.correo, cargo, p.fecha)
        if investidura:
            return investidura
    raise _rechazo_de_persona(caso, admitidos)


def _rechazo_de_persona(caso: Caso, admitidos: tuple[str, ...]) -> ActoNoPermitido:
    p, org = caso.pedido, caso.organizacion
    corresponde = org.nombres(admitidos or cargos_que_pueden(caso))
    siguen = [s for c in admitidos if c in org.cargos for s in org.cargos[c].subrogantes]
    hacer = f"debe hacerlo {corresponde}"
    if siguen:
        hacer += f"; en su ausencia le sigue {org.nombres(siguen)}, con una subrogancia registrada (sgc-gt subrogar)"
    if not org.conoce(p.correo):
        return ActoNoPermitido(
            f"{p.correo} no figura entre las personas del servicio",
            lugar=p.codigo,
            esperado=corresponde,
            hacer="agréguela a las personas de la configuración, o use --como si registra el acto de otra persona",
        )
    cargos = org.cargos_de(p.correo, p.fecha)
    if not cargos:
        return ActoNoPermitido(
            f"{p.correo} no ejercía ningún cargo el {imprimir_fecha(p.fecha)}",
            lugar=p.codigo,
            esperado=corresponde,
            hacer=hacer,
        )
    return ActoNoPermitido(
        f"a {org.nombres(cargos)} no le corresponde «{ETIQUETAS[p.acto]}»",
        lugar=p.codigo,
        esperado=corresponde,
        hacer=hacer,
    )


def por_otro(caso: Caso) -> None:
    p = caso.pedido
    if p.correo == p.registra or caso.acto.quien == "sistema":
        return
    registradores = caso.servicio.con_rol("control_documental")
    if not any(caso.organizacion.investidura(p.registra, c, p.registrado.date()) for c in registradores):
        raise negar(
            caso,
            f"{p.registra} no puede registrar un acto de {p.correo}",
            f"que lo registre {caso.organizacion.nombres(registradores)}",
            "hágalo la propia persona, o pídalo a control documental",
        )
    if p.acto in tabla.DECISIONES and not adjuntos(p.evidencia):
        raise negar(
            caso,
            f"«{ETIQUETAS[p.acto]}» por otra persona necesita un respaldo adjunto",
            "el documento firmado, la resolución o el oficio (--adjunto)",
            "adjunte el respaldo; sin él solo la propia persona puede hacerlo",
        )


def exigencias(caso: Caso) -> None:
    p = caso.pedido
    oficio = next((e for e in p.evidencia if e.clase == "oficio"), None)
    faltas = {
        "motivo": (not p.motivo.strip(), "el motivo (--motivo)"),
        "observaciones": (not p.observaciones, "las observaciones (--texto o --archivo)"),
        "oficio": (
            oficio is None or not oficio.numero or oficio.fecha is None,
            "el número y la fecha del oficio (--oficio, --fecha-oficio)",
        ),
        "adjunto": (not adjuntos(p.evidencia), "el archivo del oficio (--adjunto)"),
    }
    exige = list(caso.acto.exige)
    if p.acto == "devolver" and caso.version and caso.version.estado == tabla.EN_VISACION:
        exige += ["oficio", "adjunto"]
    pendientes = [texto for clave in exige for falta, texto in [faltas[clave]] if falta]
    if pendientes:
        raise negar(
            caso,
            f"para «{ETIQUETAS[p.acto]}» falta {' y '.join(pendientes)}",
            hacer="repita la orden con lo que falta",
        )
    paso = caso.version.espera if caso.version and caso.acto.quien == "paso" else None
    if paso and paso.evidencia:
        _respaldo_del_paso(caso, paso)


def _respaldo_del_paso(caso: Caso, paso: Paso) -> None:
    """El paso acepta ciertas formas de respaldo; «firma» es el acto de la propia persona sobre el documento."""
    p = caso.pedido
    presentadas = {e.clase for e in p.evidencia}
    if presentadas & set(paso.evidencia) - {"firma"}:
        resolucion = next((e for e in p.evidencia if e.clase == "resolucion"), None)
        if resolucion and "resolucion" in paso.evidencia and not (resolucion.numero and resolucion.sha256):
            raise negar(
                caso,
                "la resolución necesita su número y su archivo",
                hacer="use --resolucion N y --adjunto F",
            )
        return
    if "firma" in paso.evidencia and p.correo == p.registra:
        return
    formas = ", ".join(CLASES_EVIDENCIA[e] for e in paso.evidencia)
    raise negar(
        caso,
        f"«{ETIQUETAS[p.acto]}» no trae un respaldo que el circuito acepte",
        formas,
        "adjunte el respaldo con --adjunto (y --resolucion N si es una resolución)",
    )


def segregacion(caso: Caso) -> None:
    """Compara personas, no cargos: ni quien actúa ni quien anota escribió el borrador (N-04, I-41)."""
    p, v = caso.pedido, caso.version
    paso = v.espera if v and caso.acto.quien == "paso" else None
    if v is None or paso is None or caso.servicio.excepcion(p.codigo, "segregacion"):
        return
    for otro in paso.distinto_de:
        previos = v.autores if otro == "elabora" else v.actuaron(otro)
        # Quien solo anota no decide: se le pide no ser autor, pero sí puede anotar varios pasos.
        actores = (p.correo, p.registra) if otro == "elabora" else (p.correo,)
        for persona in actores:
            if persona in previos:
                hecho = (
                    "escribió el borrador" if otro == "elabora" else f"ya intervino en «{ETIQUETAS[otro]}»"
                )
                papel = "hacer" if persona == p.correo else "registrar"
                raise negar(
                    caso,
                    f"{persona} {hecho} de la versión {v.version} y no puede {papel} «{ETIQUETAS[p.acto]}»",
                    "una persona distinta",
                    "debe hacerlo otra persona con el cargo, o una excepción razonada en la configuración",
                )


def propias(caso: Caso) -> None:
    guarda = _GUARDAS.get(caso.pedido.acto)
    if guarda:
        guarda(caso)


def _guarda_nueva_version(caso: Caso) -> None:
    vista = caso.situacion
    trabajo = vista and (vista.abierta or vista.por_regir)
    if trabajo:
        raise negar(
            caso,
            f"ya hay una versión {trabajo.version} en «{ESTADOS[trabajo.estado]}»",
            "una sola versión en trabajo por código",
            "termine esa versión, o descártela",
        )


def _guarda_enviar(caso: Caso) -> None:
    v, p = caso.version, caso.pedido
    if v is None or not v.huella:
        raise negar(
            caso, "el borrador todavía no tiene contenido", hacer="genere o entregue el borrador primero"
        )
    if not p.huella:
        raise negar(caso, "falta el código de verificación del borrador")
    sin_gente = [
        paso for paso in ruta_de(caso) if paso.acto != "emitir" and not _hay_alguien(caso, paso.cargos)
    ]
    if sin_gente:
        cargos = "; ".join(f"{ETIQUETAS[s.acto]}: {caso.organizacion.nombres(s.cargos)}" for s in sin_gente)
        raise negar(
            caso,
            f"nadie puede cumplir un paso del circuito ({cargos})",
            "una persona en el cargo, o una subrogancia registrada",
            "complete los cargos del documento o las personas de la configuración",
        )


def _hay_alguien(caso: Caso, cargos: tuple[str, ...]) -> bool:
    fecha = caso.pedido.fecha
    org = caso.organizacion
    return any(
        org.titulares(c, fecha) or any(s.cargo == c and s.rige(fecha) for s in org.subrogancias)
        for c in cargos
    )


def _guarda_misma_huella(caso: Caso) -> None:
    v, p = caso.version, caso.pedido
    if v and p.huella != v.huella:
        raise negar(
            caso,
            "el archivo no es el que se envió: su código de verificación cambió",
            v.huella,
            "restituya el archivo enviado, o devuelva el borrador y envíelo otra vez",
        )


def _guarda_paso(caso: Caso) -> None:
    _guarda_misma_huella(caso)
    if caso.version and caso.pedido.correo in caso.version.en_este_paso():
        raise negar(
            caso, f"{caso.pedido.correo} ya cumplió este paso", "otra persona de las que el paso pide"
        )


def _guarda_visar(caso: Caso) -> None:
    _guarda_paso(caso)
    v = caso.version
    salida = next((e.numero for m in (v.firmas if v else ()) if m.acto == "remitir" for e in m.evidencia), "")
    respuesta = next((e for e in caso.pedido.evidencia if e.clase == "oficio"), None)
    if respuesta and respuesta.responde != salida:
        raise negar(
            caso,
            f"el oficio {respuesta.numero} no dice que responde al oficio de envío ({salida})",
            f"--responde {salida}",
            "indique a qué oficio contesta la visación",
        )


def _guarda_emitir(caso: Caso) -> None:
    _guarda_paso(caso)
    p, vista = caso.pedido, caso.situacion
    if p.vigente_desde and p.vigente_desde < p.fecha:
        raise negar(
            caso,
            f"la vigencia ({imprimir_fecha(p.vigente_desde)}) no puede comenzar antes de la emisión "
            f"({imprimir_fecha(p.fecha)})",
            "una fecha desde la emisión en adelante",
        )
    if vista and vista.por_regir:
        raise negar(caso, f"la versión {vista.por_regir.version} ya está emitida y espera su fecha")


def _guarda_regir(caso: Caso) -> None:
    v, p = caso.version, caso.pedido
    if v is None or v.vigente_desde != p.fecha:
        esperada = imprimir_fecha(v.vigente_desde) if v else ""
        raise negar(caso, "la versión emitida comienza a regir en otra fecha", esperada)


def _guarda_sin_efecto(caso: Caso) -> None:
    vista = caso.situacion
    trabajo = vista and (vista.abierta or vista.por_regir)
    if trabajo:
        raise negar(
            caso,
            f"hay una versión {trabajo.version} en «{ESTADOS[trabajo.estado]}»",
            "ninguna versión en trabajo",
            "descarte primero la versión en trabajo",
        )


def _guarda_registrar(caso: Caso) -> None:
    serie = caso.pedido.codigo.split("/")[0]
    if serie not in caso.servicio.series:
        raise NoEncontrado(
            f"la serie de registros {serie} no existe",
            esperado=", ".join(sorted(caso.servicio.series)),
            hacer="agréguela al catálogo de series, o elija otra",
        )
    if not caso.pedido.sha256 and not caso.pedido.extra.get("ubicacion"):
        raise negar(
            caso,
            "el registro no trae archivo ni dice dónde está",
            "un archivo, o --ubicacion",
            "indique el archivo o dónde se conserva el original",
        )


def _guarda_crear(caso: Caso) -> None:
    faltan = [rol for rol in ("elabora", "aprueba", "responsable") if not caso.identidad(rol)]
    if faltan or not str(caso.pedido.identidad.get("titulo", "")).strip():
        que = ["titulo"] * (not str(caso.pedido.identidad.get("titulo", "")).strip()) + faltan
        raise negar(
            caso,
            f"falta decir {', '.join(que)}, o el cargo no existe",
            "el título y un cargo del servicio en cada papel",
            "use --titulo, --elabora, --aprueba, --responsable con cargos de la configuración",
        )


_GUARDAS = {
    "crear": _guarda_crear,
    "nueva-version": _guarda_nueva_version,
    "enviar": _guarda_enviar,
    "revisar": _guarda_paso,
    "aprobar": _guarda_paso,
    "remitir": _guarda_paso,
    "visar": _guarda_visar,
    "emitir": _guarda_emitir,
    "regir": _guarda_regir,
    "dejar-sin-efecto": _guarda_sin_efecto,
    "registrar": _guarda_registrar,
}
